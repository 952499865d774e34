using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DistGan.Hosting.Processes;

/// <summary>The life of a process that is one host: start, wait for SIGTERM or Ctrl-C, stop.</summary>
public static partial class HostProcess
{
    private const int Done = 0;
    internal const int Failed = 1;
    private const int Misconfigured = 2;

    /// <summary>Runs a host to its end. What keeps it from starting is one line on standard error.</summary>
    /// <param name="name">silo or worker.</param>
    /// <param name="build">Makes the host from settings.</param>
    /// <param name="settings">KEY=VALUE each.</param>
    /// <returns>0 after a clean end, 1 where it could not start or stop, 2 where its configuration is wrong.</returns>
    public static async Task<int> RunAsync(string name, Func<IReadOnlyList<string>, IHost> build, IReadOnlyList<string> settings)
    {
        IHost host;
        try
        {
            host = build(settings);
        }
#pragma warning disable CA1031 // each failure becomes a sentence
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Say(name, "does not start", exception, Misconfigured);
        }

        var verb = "does not start";
        try
        {
            await host.StartAsync();
            verb = "did not stop as it should";
            await host.WaitForShutdownAsync();
            return Done;
        }
#pragma warning disable CA1031 // each failure becomes a sentence
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return Say(name, verb, exception, Failed);
        }
        finally
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }
    }

    private static int Say(string name, string verb, Exception exception, int exitCode)
    {
        // Disposing it writes what is waiting.
        using var log = LoggerFactory.Create(ConsoleLog.Use);
        var logger = log.CreateLogger("DistGan");
        if (StartFailure.Sentence(exception) is { } sentence)
        {
            LogFailure(logger, name, verb, sentence);
        }
        else
        {
            LogUnexpected(logger, name, verb, exception.ToString());
        }

        return exitCode;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The {Name} {Verb}: {Why}")]
    private static partial void LogFailure(ILogger logger, string name, string verb, string why);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The {Name} {Verb}: {Why}")]
    private static partial void LogUnexpected(ILogger logger, string name, string verb, string why);
}
