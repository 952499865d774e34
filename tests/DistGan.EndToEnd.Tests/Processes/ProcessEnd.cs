namespace DistGan.EndToEnd.Tests.Processes;

/// <summary>How a process ended, and all that it wrote.</summary>
public sealed record ProcessEnd(int ExitCode, string Out, string Error)
{
    public override string ToString() => $"exit {ExitCode}\n--- standard output\n{Out}\n--- standard error\n{Error}";
}
