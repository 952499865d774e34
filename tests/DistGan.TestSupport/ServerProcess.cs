using System.Diagnostics;
using System.Threading.Channels;

namespace DistGan.TestSupport;

/// <summary>A server that runs for some tests. It ends with them, also where their process is killed: it lives as long as a pipe from it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // The shell waits for the server; its watcher ends the server when the pipe is closed, by whomever.
    private const string Watched = "exec 3<&0; \"$@\" 3<&- </dev/null & server=$!; (cat <&3; kill $server) >/dev/null 2>&1 & wait $server";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _shell;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];
    private bool _isStopped;

    private ServerProcess(Process shell) => _shell = shell;

    public static ServerProcess Start(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Watched, "sh", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var shell = new Process { StartInfo = start };
        var server = new ServerProcess(shell);
        shell.OutputDataReceived += (_, line) => server.Hear(line.Data, isEnd: line.Data is null);
        shell.ErrorDataReceived += (_, line) => server.Hear(line.Data, isEnd: false);
        shell.Start();
        shell.BeginOutputReadLine();
        shell.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits for a line with a text; null where the server ends without it.</summary>
    public async Task<string?> LineAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(deadline.Token))
            {
                if (line.Contains(text, StringComparison.Ordinal))
                {
                    return line;
                }
            }

            return null;
        }
        catch (OperationCanceledException exception)
        {
            throw new InvalidOperationException($"{Name} did not say '{text}' within {Deadline}; it said: {Said()}", exception);
        }
    }

    /// <summary>All that it has said.</summary>
    public string Said()
    {
        lock (_said)
        {
            return string.Join(Environment.NewLine, _said);
        }
    }

    /// <summary>Ends the server, where it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        _shell.StandardInput.Close();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            await _shell.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _shell.Kill(entireProcessTree: true);
        }

        _shell.Dispose();
    }

    private string Name => Path.GetFileName(_shell.StartInfo.ArgumentList[3]);

    private void Hear(string? line, bool isEnd)
    {
        if (isEnd)
        {
            _lines.Writer.TryComplete();
        }
        else if (line is not null)
        {
            lock (_said)
            {
                _said.Add(line);
            }

            _lines.Writer.TryWrite(line);
        }
    }
}
