using System.Reflection;
using System.Threading.Channels;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Hosting.Storage;
using DistGan.Worker.Slots;
using DistGan.Worker.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace DistGan.Worker.Tests.Slots;

public sealed class WorkerRegistrarTests : IDisposable
{
    private static readonly WorkerOptions Options = new() { Slots = 2, Threads = 1, Heartbeat = TimeSpan.FromMilliseconds(100) };
    private readonly Directory _directory = new();
    private readonly SiloLifecycleSubject _life = new(NullLogger<SiloLifecycleSubject>.Instance);
    private readonly WorkerRegistrar _registrar;

    public WorkerRegistrarTests()
    {
        var silo = new LocalSilo();
        var slots = new SlotHost(Options, silo, new FakeFactory(), LocalSilo.NoData, new MemoryStore(), FixedJobPaths.Cluster, new FakeGrains(), TimeProvider.System, NullLogger<SlotHost>.Instance);
        _registrar = new WorkerRegistrar(Options, slots, StoreIdentity.Shared, silo, Factory.Of(_directory), TimeProvider.System, NullLogger<WorkerRegistrar>.Instance);
        _registrar.Participate(_life);
    }

    public void Dispose() => _registrar.Dispose();

    [Fact]
    public async Task Start_DirectoryAnswers_IsReadyAndHeardOfAgain()
    {
        Assert.NotNull(_registrar.WhyNot);

        await _life.OnStart(CancellationToken.None).WaitAsync(RunHarness.Deadline);

        Assert.Null(_registrar.WhyNot);
        Assert.Equal((2, 2, 2), (await _directory.NextAsync(), await _directory.NextAsync(), await _directory.NextAsync()));
        await _life.OnStop(CancellationToken.None).WaitAsync(RunHarness.Deadline);
    }

    [Fact]
    public async Task Leave_ReplicasStillEnd_HeartbeatsGoOnWithoutSlotsUntilTheSiloStops()
    {
        await _life.OnStart(CancellationToken.None).WaitAsync(RunHarness.Deadline);

        await _registrar.LeaveAsync().WaitAsync(RunHarness.Deadline);
        while (await _directory.NextAsync() > 0)
        {
            // Heartbeats from before.
        }

        Assert.Equal((0, 0), (await _directory.NextAsync(), await _directory.NextAsync()));
        await _life.OnStop(CancellationToken.None).WaitAsync(RunHarness.Deadline);
        Assert.All(_directory.Rest(), static slots => Assert.Equal(0, slots));
    }

    [Fact]
    public async Task Start_DirectoryRefuses_SaysWhyAndIsReadyOnceItDoesNot()
    {
        _directory.Refusal = "another object store";

        await _life.OnStart(CancellationToken.None).WaitAsync(RunHarness.Deadline);
        Assert.Equal("another object store", _registrar.WhyNot);
        _directory.Refusal = null;
        _ = await _directory.NextAsync();
        while (_registrar.WhyNot is not null)
        {
            _ = await _directory.NextAsync();
        }

        await _life.OnStop(CancellationToken.None).WaitAsync(RunHarness.Deadline);
    }

    /// <summary>Hears of workers and remembers how many slots each offered.</summary>
    private sealed class Directory : IWorkerDirectoryGrain
    {
        private readonly Channel<int> _slots = Channel.CreateUnbounded<int>();

        public Task<int> NextAsync() => _slots.Reader.ReadAsync().AsTask().WaitAsync(RunHarness.Deadline);

        /// <summary>What came since.</summary>
        public IReadOnlyList<int> Rest()
        {
            var rest = new List<int>();
            while (_slots.Reader.TryRead(out var slots))
            {
                rest.Add(slots);
            }

            return rest;
        }

        /// <summary>What it answers.</summary>
        public string? Refusal { get; set; }

        public async Task<string?> RegisterAsync(WorkerRegistration registration, CancellationToken cancellationToken = default)
        {
            await _slots.Writer.WriteAsync(registration.Slots.Count, cancellationToken);
            return Refusal;
        }

        public Task<SlotGrants> ClaimAsync(SlotClaim claim, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task ReleaseAsync(DistGan.Grains.Interfaces.ReplicaId replica, long number, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task WithdrawAsync(DistGan.Grains.Interfaces.JobId job, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<IReadOnlyList<WorkerRegistration>> ListAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }

    /// <summary>A grain factory whose every grain is one directory.</summary>
    public class Factory : DispatchProxy
    {
        private object? _grain;

        internal static IGrainFactory Of(object grain)
        {
            var factory = Create<IGrainFactory, Factory>();
            ((Factory)(object)factory)._grain = grain;
            return factory;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _grain;
    }
}
