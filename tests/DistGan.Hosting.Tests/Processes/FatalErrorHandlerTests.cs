using System.Collections.Concurrent;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace DistGan.Hosting.Tests.Processes;

public sealed class FatalErrorHandlerTests : IDisposable
{
    private const string Dead = "I have been told I am dead, so this silo will stop! Reason: The membership view classifies this silo as Dead (in Refresh).";

    private readonly HeldLog _log = new();
    private readonly ManualResetEventSlim _taken = new(initialState: true);
    private readonly ConcurrentQueue<(int Code, int Written)> _ends = new();

    public void Dispose()
    {
        _taken.Set();
        _log.Dispose();
        _taken.Dispose();
    }

    [Theory]
    [InlineData(HostUse.Worker, "this worker gone, because the other hosts could not reach it: it ends now, and its replicas go on elsewhere from their newest snapshots. Start it again")]
    [InlineData(HostUse.Silo, "this silo gone, because the other hosts could not reach it: it ends now, and other silos look after its jobs. Start it again")]
    public void OnFatalException_DeclaredDead_SaysSoInASentence(HostUse host, string sentence)
    {
        Handler(host).OnFatalException(this, Dead);

        var (level, text, exception) = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Critical, null), (level, exception));
        Assert.Contains($"The cluster has declared {sentence}", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Dead (in Refresh)", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ProcessMembershipUpdates", true)]
    [InlineData("I have been told I am dead, so this silo will stop! Reason: Found a bug! Will stop.", false)]
    [InlineData("I have been told I am dead, so this silo will stop! Reason: Detected newer version of myself - I am the older clone so I will stop", false)]
    public void OnFatalException_Others_KeepTheirReason(string context, bool thrown)
    {
        var why = thrown ? new InvalidOperationException("The table is gone.") : null;

        Handler(HostUse.Silo).OnFatalException(this, context, why);

        var (level, text, exception) = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Critical, why), (level, exception));
        Assert.Equal($"The silo ends now, because FatalErrorHandlerTests of its runtime cannot go on: {context}", text);
        Assert.Equal(1, Assert.Single(_ends).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void OnFatalException_AfterTheFirstSiloStartedAnew_SaysSoInASentence(bool thrown)
    {
        const string Reason = "The development membership table version decreased from 9 to 2. This indicates that the primary silo was restarted and lost membership state, so this silo must terminate.";

        Handler(HostUse.Worker).OnFatalException(this, thrown ? "Refresh" : Reason, thrown ? new InvalidOperationException(Reason) : null);

        var (level, text, exception) = Assert.Single(_log.Entries);
        Assert.Equal((LogLevel.Critical, null), (level, exception));
        Assert.Contains("The first silo of this cluster has started anew", text, StringComparison.Ordinal);
        Assert.Contains("this worker ends now. Start it again; its replicas go on from their newest snapshots.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("table version", text, StringComparison.Ordinal);
    }

    [Fact]
    public void OnFatalException_LinesThatWait_AreWrittenBeforeTheEnd()
    {
        Handler(HostUse.Worker).OnFatalException(this, Dead);

        Assert.Equal((1, 1), Assert.Single(_ends));
    }

    [Fact]
    public void OnFatalException_LogThatNobodyTakes_EndsAllTheSame()
    {
        _taken.Reset();

        Handler(HostUse.Worker).OnFatalException(this, Dead);

        Assert.Equal((1, 0), Assert.Single(_ends));
    }

    [Fact]
    public void OnFatalException_SeveralParts_EndOnce()
    {
        var handler = Handler(HostUse.Worker);

        handler.OnFatalException(this, Dead);
        handler.OnFatalException(this, "UpdateIAmAlive", new TimeoutException());

        Assert.Single(_log.Entries);
        Assert.Single(_ends);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_FatalErrorWithAnException_HasItsSentenceAndItsPlacesOnlyWhereAsked(bool traces)
    {
        var formatter = new LineFormatter(new ConfigurationBuilder().AddInMemoryCollection([new(LineFormatter.TracesKey, $"{traces}")]).Build());
        using var text = new StringWriter();

        formatter.Write(new LogEntry<string>(LogLevel.Critical, "DistGan", default, "The silo ends now", Thrown(), static (state, _) => state), scopeProvider: null, text);

        Assert.Contains(" crit: DistGan: The silo ends now (The table is gone)", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(traces, text.ToString().Contains($"at {typeof(FatalErrorHandlerTests).FullName}.{nameof(Thrown)}", StringComparison.Ordinal));
    }

    [Fact]
    public void EndOnFatalErrors_OfASilo_TakesThePlaceOfTheHandlerOfOrleans()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(static silo => silo.UseEmbeddedClustering().EndOnFatalErrors(HostUse.Silo));
        using var host = builder.Build();

        Assert.IsType<FatalErrorHandler>(host.Services.GetRequiredService<IFatalErrorHandler>());
    }

    private static Exception Thrown()
    {
        try
        {
            throw new InvalidOperationException("The table is gone.");
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private FatalErrorHandler Handler(HostUse host)
    {
        _log.Taken = _taken;
        return new(host, new LoggerFactory([_log]), [_log], code => _ends.Enqueue((code, _log.Written)));
    }

    /// <summary>A log whose lines wait until it is disposed, as those of a console do.</summary>
    private sealed class HeldLog : ILoggerProvider, ILogger
    {
        private int _written;

        public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = new();

        public ManualResetEventSlim? Taken { get; set; }

        public int Written => Volatile.Read(ref _written);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Entries.Enqueue((logLevel, formatter(state, exception), exception));

        public void Dispose()
        {
            Taken?.Wait(TimeSpan.FromMinutes(1));
            Volatile.Write(ref _written, Entries.Count);
        }
    }
}
