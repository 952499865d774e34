using System.Diagnostics;
using System.Globalization;
using DistGan.Recipes;

namespace DistGan.Bench.Replays;

/// <summary>A process that is spoken to by lines. It ends with this one: then its standard input does.</summary>
internal sealed class LineProcess : IDisposable
{
    private const double TicksPerSecond = 100; // of /proc/PID/stat

    private readonly Process _process;
    private readonly string _name;

    private LineProcess(Process process, string name) => (_process, _name) = (process, name);

    /// <summary>Starts a host of this program and waits until it is ready.</summary>
    public static LineProcess Host(params string[] arguments)
        => Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "distgan-bench.dll"), "host", .. arguments], ReplayHosts.ReadyLine);

    /// <summary>Starts a program and waits for a line that has a text.</summary>
    /// <exception cref="DistGanException">It ended before.</exception>
    public static LineProcess Start(string program, IEnumerable<string> arguments, string readyText)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var process = new LineProcess(Process.Start(start) ?? throw new DistGanException($"{program} could not be started."), program);
        while (!process.Line().Contains(readyText, StringComparison.Ordinal))
        {
            // What it says before it is ready.
        }

        return process;
    }

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

    /// <summary>Tells it something.</summary>
    public void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>The number that is its next line.</summary>
    public double Answer() => double.Parse(Line(), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private string Line() => _process.StandardOutput.ReadLine() ?? throw new DistGanException($"{_name} has ended before it answered.");
}
