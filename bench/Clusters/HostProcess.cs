using System.Diagnostics;
using System.Globalization;
using DistGan.Hosting.Clustering;
using DistGan.Recipes;

namespace DistGan.Bench.Clusters;

/// <summary>A host as a process of its own. It ends with this one.</summary>
internal sealed class HostProcess : IDisposable
{
    private const double TicksPerSecond = 100; // of /proc/PID/stat
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(4);

    private readonly Process _process;

    private readonly string _log;

    private HostProcess(Process process, string log) => (_process, _log) = (process, log);

    /// <summary>What it has logged.</summary>
    public string Log
    {
        get
        {
            lock (_process)
            {
                return File.Exists(_log) ? File.ReadAllText(_log) : "";
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Processor seconds so far.</summary>
    public double ProcessorSeconds
    {
        get
        {
            var text = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    /// <summary>Starts one and waits until it is ready.</summary>
    public static HostProcess Start(string log, params IEnumerable<string> arguments)
    {
        var health = LoopbackPorts.Free();
        string[] words = [Path.Combine(AppContext.BaseDirectory, "distgan-bench.dll"), "host", .. arguments, $"DistGan:Health:Port={health}"];
        var start = new ProcessStartInfo("dotnet", words) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                lock (process)
                {
                    File.AppendAllText(log, text + Environment.NewLine);
                }
            }
        };
        process.BeginErrorReadLine();
        var host = new HostProcess(process, log);
        host.AwaitReady(health);
        return host;
    }

    /// <summary>Asks it something by a line; its next line.</summary>
    public string Ask(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        while (_process.StandardOutput.ReadLine() is { } answer)
        {
            if (answer.StartsWith(line, StringComparison.Ordinal))
            {
                return answer;
            }
        }

        throw new DistGanException("The host ended before it answered.");
    }

    /// <summary>As when its machine loses power.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void AwaitReady(int port)
    {
        using var web = new HttpClient();
        var since = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(since) < StartLimit && !_process.HasExited)
        {
            try
            {
                using var answer = web.Send(new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/health/ready"));
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            Task.Delay(200).GetAwaiter().GetResult();
        }

        throw new DistGanException(_process.HasExited ? $"A host has ended before it was ready: {Log}" : $"A host was not ready within {StartLimit.TotalMinutes:0} minutes; it logged: {Log}");
    }
}
