using System.Diagnostics;
using DistGan.Client.Jobs;

namespace DistGan.Client.Studies.Running;

/// <summary>
/// A training in a process of its own: what ends it, a native error or a lack of memory too, ends this run alone. Its standard input
/// is a pipe that this process holds; when the pipe closes, because the study stops or is killed, the training ends with a snapshot.
/// </summary>
public sealed class TrainProcess : IStudyTraining
{
    private const int LastLines = 40;

    private readonly Lock _lock = new();
    private readonly HashSet<Process> _running = [];

    public async Task<(int ExitCode, string Error)> RunAsync(IReadOnlyList<string> arguments, CancellationToken stop)
    {
        using var process = Start(arguments);
        var lines = new Queue<string>();
        var reading = ReadErrorAsync(process.StandardError, lines);
        var discarding = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await using (stop.Register(() => CloseInput(process)))
        {
            await process.WaitForExitAsync(CancellationToken.None);
        }

        await Task.WhenAll(reading, discarding);
        lock (_lock)
        {
            _running.Remove(process);
        }

        return (process.ExitCode, string.Join('\n', lines));
    }

    public void KillAll()
    {
        lock (_lock)
        {
            foreach (var process in _running.Where(static process => !process.HasExited))
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private Process Start(IReadOnlyList<string> arguments)
    {
        var (program, first) = CommandForm.Own();
        var start = new ProcessStartInfo(program, [.. first, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        lock (_lock)
        {
            var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
            _running.Add(process);
            return process;
        }
    }

    private static async Task ReadErrorAsync(StreamReader error, Queue<string> lines)
    {
        while (await error.ReadLineAsync() is { } line)
        {
            lines.Enqueue(line);
            if (lines.Count > LastLines)
            {
                lines.Dequeue();
            }
        }
    }

    private static void CloseInput(Process process)
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }
    }
}
