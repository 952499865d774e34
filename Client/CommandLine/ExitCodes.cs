namespace DistGan.Client.CommandLine;

/// <summary>Exit codes that scripts may rely on.</summary>
public static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int Unreachable = 3;
    public const int NotFound = 4;
    public const int Refused = 5;
    public const int Interrupted = 130;
}
