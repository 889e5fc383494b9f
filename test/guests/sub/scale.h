static inline long scale(long value)
{
  if (value & 1)
    return value * 3;
  return value + 1;
}
