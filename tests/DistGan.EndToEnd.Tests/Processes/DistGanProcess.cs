using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace DistGan.EndToEnd.Tests.Processes;

/// <summary>The built console as a process of its own; every wait has a deadline that says what it waited for.</summary>
public sealed partial class DistGanProcess : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Freeze = 19;

    private readonly Process _process;
    private readonly Captured _out;
    private readonly Captured _error;

    private DistGanProcess(ProcessStartInfo start)
    {
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        _out = new(_process.StandardOutput);
        _error = new(_process.StandardError);
    }

    /// <summary>Beside the tests' own assembly: the build copies the console there.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "distgan.dll");

    /// <summary>What it has written to standard output so far.</summary>
    public string Out => _out.Text;

    public string Error => _error.Text;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts it with pipes instead of a terminal.</summary>
    public static DistGanProcess Start(string folder, params IEnumerable<string> arguments)
        => new(StartInfo("dotnet", folder, [Assembly, .. arguments]));

    /// <summary>Starts another program of the project, which lies beside it.</summary>
    public static DistGanProcess StartAssembly(string assembly, string folder, params IEnumerable<string> arguments)
        => StartAssembly([], assembly, folder, arguments);

    /// <summary>The same through a command that becomes it, such as <c>nsenter</c>.</summary>
    public static DistGanProcess StartAssembly(IReadOnlyList<string> through, string assembly, string folder, params IEnumerable<string> arguments)
        => StartAssemblyWith(new Dictionary<string, string>(), through, assembly, folder, arguments);

    /// <summary>The same with other environment variables.</summary>
    public static DistGanProcess StartAssemblyWith(
        IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> through, string assembly, string folder, params IEnumerable<string> arguments)
    {
        string[] words = [.. through, "dotnet", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments];
        return new(With(environment, StartInfo(words[0], folder, words[1..])));
    }

    /// <summary>Starts it in a pseudo-terminal of 100 x 40 characters; standard error is mixed in.</summary>
    public static DistGanProcess StartInTerminal(string folder, params IEnumerable<string> arguments)
    {
        var words = string.Join(' ', new[] { "dotnet", Assembly }.Concat(arguments).Select(static word => $"'{word}'"));
        var start = StartInfo("script", folder, ["-qefc", $"stty cols 100 rows 40; exec {words}", "/dev/null"]);
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["COLORTERM"] = "truecolor";
        return new(start);
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<ProcessEnd> RunAsync(string folder, params IEnumerable<string> arguments)
    {
        using var process = Start(folder, arguments);
        return await process.EndAsync();
    }

    /// <summary>Runs it to its end with other environment variables.</summary>
    public static async Task<ProcessEnd> RunWithAsync(IReadOnlyDictionary<string, string> environment, string folder, params IEnumerable<string> arguments)
    {
        using var process = new DistGanProcess(With(environment, StartInfo("dotnet", folder, [Assembly, .. arguments])));
        return await process.EndAsync();
    }

    /// <summary>Writes to its terminal or standard input.</summary>
    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    public void Signal(int signal)
    {
        if (SendSignal(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException($"Signal {signal} could not be sent: error {Marshal.GetLastPInvokeError()}; {Describe()}");
        }
    }

    /// <summary>Waits for its end.</summary>
    public async Task<ProcessEnd> EndAsync(int seconds = 240)
    {
        await WithinAsync(Task.WhenAll(_process.WaitForExitAsync(), _out.Ended, _error.Ended), seconds, "its end");
        return new(_process.ExitCode, _out.Text, _error.Text);
    }

    /// <summary>Waits until its output contains a text.</summary>
    public async Task UntilAsync(string text, int seconds = 120)
    {
        Task[] seen = [_out.Contains(text), _error.Contains(text)];
        var ended = Task.WhenAll(_out.Ended, _error.Ended);
        await ((Task)Task.WhenAny([.. seen, ended]).WaitAsync(Deadline(seconds))).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.True(seen.Any(static task => task.IsCompleted), $"{(ended.IsCompleted ? "It ended" : $"Waited {seconds} s")} without '{text}' in the output; {Describe()}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static ProcessStartInfo With(IReadOnlyDictionary<string, string> environment, ProcessStartInfo start)
    {
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private static ProcessStartInfo StartInfo(string program, string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Remove("NO_COLOR");
        // Nothing of the user's own.
        start.Environment["DISTGAN_DATA"] = Path.Combine(folder, ".data");
        start.Environment["DISTGAN_CONFIG"] = Path.Combine(folder, "config.json");
        return start;
    }

    private async Task WithinAsync(Task task, int seconds, string what)
    {
        try
        {
            await task.WaitAsync(Deadline(seconds));
        }
        catch (TimeoutException)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Waited {seconds} s for {what}; {Describe()}"));
        }
    }

    private string Describe()
        => $"{_process.StartInfo.FileName} {string.Join(' ', _process.StartInfo.ArgumentList)}\n--- standard output\n{Out}\n--- standard error\n{Error}";

    private static TimeSpan Deadline(int seconds) => TimeSpan.FromSeconds(seconds);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int process, int signal);
}
