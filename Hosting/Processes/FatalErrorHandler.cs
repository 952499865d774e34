using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace DistGan.Hosting.Processes;

/// <summary>
/// Ends the process of a silo that Orleans gives up, above all of one that the cluster has declared dead. It says why, writes the log that is
/// waiting, and ends at once: training threads may be in native code, under which no destructor of it may run.
/// </summary>
/// <param name="host">What the process is to the person who reads its log.</param>
/// <param name="loggers">Makes the log of the sentence.</param>
/// <param name="providers">Hold lines that are not yet written; disposing one writes them.</param>
/// <param name="end">Ends the process with an exit code.</param>
internal sealed partial class FatalErrorHandler(HostUse host, ILoggerFactory loggers, IEnumerable<ILoggerProvider> providers, Action<int> end) : IFatalErrorHandler
{
    // How the membership of Orleans begins to tell why its silo has to end, and the reason that is not the others' verdict.
    private const string ToldDead = "I have been told I am dead";
    private const string Superseded = "newer version of myself";
    private const string Bug = "Found a bug";

    // What the membership without a store says once its first silo has started anew.
    private const string ListIsNew = "membership table version decreased";

    /// <summary>A log that nobody takes, such as a full pipe, holds up no end.</summary>
    private static readonly TimeSpan WritesWithin = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = loggers.CreateLogger("DistGan");
    private readonly string _name = $"{host}".ToLowerInvariant();
    private int _ends;

    public bool IsUnexpected(Exception exception) => exception is not ThreadAbortException;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        if (Interlocked.Exchange(ref _ends, 1) != 0)
        {
            return; // several parts of Orleans see the same
        }

        if (exception is null && IsDeclaredDead(context))
        {
            LogDeclaredDead(_logger, _name, host == HostUse.Worker ? "its replicas go on elsewhere from their newest snapshots" : "other silos look after its jobs");
        }
        else if (context?.Contains(ListIsNew, StringComparison.Ordinal) == true || exception?.Message.Contains(ListIsNew, StringComparison.Ordinal) == true)
        {
            LogListIsNew(_logger, _name, host == HostUse.Worker ? "; its replicas go on from their newest snapshots" : "");
        }
        else
        {
            LogFatal(_logger, exception, _name, sender?.GetType().Name ?? "Orleans", context ?? "no reason is given");
        }

        WriteLog();
        end(HostProcess.Failed);
    }

    private static bool IsDeclaredDead(string? context)
        => context?.StartsWith(ToldDead, StringComparison.Ordinal) == true
            && !context.Contains(Superseded, StringComparison.Ordinal) && !context.Contains(Bug, StringComparison.Ordinal);

    private void WriteLog()
    {
        var writer = new Thread(() =>
        {
            foreach (var provider in providers)
            {
                provider.Dispose();
            }
        })
        { IsBackground = true };
        writer.Start();
        writer.Join(WritesWithin);
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The cluster has declared this {Name} gone, because the other hosts could not reach it: it ends now, and {Others}. Start it again, unless a service manager does; if it happens again, look at the network and the load of this machine.")]
    private static partial void LogDeclaredDead(ILogger logger, string name, string others);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The first silo of this cluster has started anew, and with Localhost clustering it alone knows who belongs to it: this {Name} ends now. Start it again{Others}. With Redis clustering, members outlive silos.")]
    private static partial void LogListIsNew(ILogger logger, string name, string others);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The {Name} ends now, because {Part} of its runtime cannot go on: {Context}")]
    private static partial void LogFatal(ILogger logger, Exception? exception, string name, string part, string context);
}
