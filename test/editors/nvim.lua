-- A debug session in a real Neovim, as nvim-dap has one: its capabilities, its requests, their order. What it speaks to is started
-- from the configuration that docs/editors.md shows. REFAULT_TASK names a JSON file {configuration, file, breakpoint, report}.

local uv = vim.loop
local read = function(path) return table.concat(vim.fn.readfile(path), '\n') end
local task = vim.json.decode(read(vim.env.REFAULT_TASK))

-- The documented lines fill this in, as they would nvim-dap's own module.
local dap = { adapters = {}, configurations = {} }
package.loaded['dap'] = dap
assert(loadstring(task.configuration))()

local report = { requests = {}, events = {}, stops = {} }
local seq, waiting, buffered = 0, {}, ''
local input, output, errors = uv.new_pipe(), uv.new_pipe(), uv.new_pipe()
local adapter = dap.adapters.cell
local process
process = uv.spawn(adapter.command, { args = adapter.args, stdio = { input, output, errors } }, function() process:close() end)
assert(process, 'the adapter could not be started: ' .. adapter.command)

local function finish(problem)
  report.problem = problem
  vim.fn.writefile({ vim.json.encode(report) }, task.report)
  vim.cmd(problem and 'cquit 1' or 'qall!')
end

local function request(command, arguments, on_body)
  seq = seq + 1
  table.insert(report.requests, command)
  waiting[seq] = function(response)
    if not response.success then finish(command .. ': ' .. tostring(response.message)) return end
    if on_body then on_body(response.body or {}) end
  end
  local text = vim.json.encode({ seq = seq, type = 'request', command = command, arguments = arguments })
  input:write(('Content-Length: %d\r\n\r\n%s'):format(#text, text))
end

-- What a stop makes nvim-dap ask for: threads, the stack, then the scopes of the first frame with a source, and their variables.
local function look(body, on_done)
  local stop = { reason = body.reason, text = body.text, variables = {}, frames = {} }
  table.insert(report.stops, stop)
  request('threads', nil, function(threads)
    stop.threads = #threads.threads
    request('stackTrace', { threadId = body.threadId, startFrame = 0, levels = 20 }, function(stack)
      local current
      for _, frame in ipairs(stack.stackFrames) do
        table.insert(stop.frames, frame.name)
        if not current and frame.source and frame.source.path and vim.fn.filereadable(frame.source.path) == 1 then current = frame end
      end
      assert(current, 'no frame is in a file')
      vim.cmd('edit ' .. vim.fn.fnameescape(current.source.path))
      vim.api.nvim_win_set_cursor(0, { current.line, math.max(current.column - 1, 0) })
      stop.line, stop.shown = current.line, vim.api.nvim_get_current_line()
      request('scopes', { frameId = current.id }, function(scopes)
        local left = 0
        for _, scope in ipairs(scopes.scopes) do
          if not scope.expensive then
            left = left + 1
            request('variables', { variablesReference = scope.variablesReference }, function(variables)
              stop.variables[scope.name] = #variables.variables
              left = left - 1
              if left == 0 then on_done() end
            end)
          end
        end
      end)
    end)
  end)
end

local events = {
  initialized = function()
    local bufnr = vim.fn.bufadd(task.file)
    request('setBreakpoints', {
      source = { path = vim.api.nvim_buf_get_name(bufnr), name = vim.fn.fnamemodify(task.file, ':t') },
      sourceModified = false, breakpoints = { { line = task.breakpoint } }, lines = { task.breakpoint },
    }, function(body)
      report.verified = body.breakpoints[1].verified
      local filters = {}
      for _, filter in ipairs(report.capabilities.exceptionBreakpointFilters or {}) do
        if filter.default then table.insert(filters, filter.filter) end
      end
      report.filters = filters
      request('setExceptionBreakpoints', { filters = filters }, function()
        request('configurationDone', nil)
      end)
    end)
  end,
  stopped = function(body)
    look(body, function() request('continue', { threadId = body.threadId }) end)
  end,
  exited = function(body) report.exitCode = body.exitCode end,
  terminated = function()
    request('disconnect', { restart = false, terminateDebuggee = true }, function() finish() end)
  end,
}

local function received(message)
  if message.type == 'response' then
    local on_response = waiting[message.request_seq]
    waiting[message.request_seq] = nil
    if on_response then on_response(message) end
  elseif message.type == 'event' then
    table.insert(report.events, message.event)
    if events[message.event] then events[message.event](message.body or {}) end
  end
end

output:read_start(vim.schedule_wrap(function(problem, chunk)
  assert(not problem, problem)
  if not chunk then return end
  buffered = buffered .. chunk
  while true do
    local head, body_start = buffered:match('Content%-Length: (%d+)\r\n\r\n()')
    if not head or #buffered < body_start + tonumber(head) - 1 then return end
    local text = buffered:sub(body_start, body_start + tonumber(head) - 1)
    buffered = buffered:sub(body_start + tonumber(head))
    local ok, went_wrong = pcall(received, vim.json.decode(text, { luanil = { object = true, array = true } }))
    if not ok then finish(tostring(went_wrong)) return end
  end
end))
errors:read_start(vim.schedule_wrap(function(_, chunk) if chunk then finish('standard error: ' .. chunk) end end))

request('initialize', {
  clientID = 'neovim', clientName = 'neovim', adapterID = adapter.id or 'nvim-dap', pathFormat = 'path', columnsStartAt1 = true, linesStartAt1 = true,
  supportsRunInTerminalRequest = true, supportsVariableType = true, supportsProgressReporting = true, supportsStartDebuggingRequest = true, locale = 'en_US.UTF-8',
}, function(capabilities)
  report.capabilities = capabilities
  -- The whole configuration, its own fields too, with variables replaced.
  local launch = vim.deepcopy(dap.configurations.asm[1])
  launch.program = launch.program:gsub('%${file}', function() return task.file end)
  request(launch.request, launch)
end)
