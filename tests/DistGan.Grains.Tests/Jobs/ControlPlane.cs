using System.Text;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
using DistGan.Grains.Workers;
using DistGan.Hosting.Jobs;
using DistGan.Hosting.Storage;
using DistGan.Recipes;
using DistGan.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace DistGan.Grains.Tests.Jobs;

/// <summary>A control plane in this process over a folder, with trainers that do nothing.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    public static readonly JobId Job = new("fashion");
    private readonly InProcessTestCluster _cluster;

    private ControlPlane(InProcessTestCluster cluster, TrainerBook book, DirectoryObjectStore store)
    {
        _cluster = cluster;
        Book = book;
        Store = store;
        Jobs = new GrainJobControl(cluster.Client);
    }

    public TrainerBook Book { get; }

    public DirectoryObjectStore Store { get; }

    public GrainJobControl Jobs { get; }

    public IGrainFactory Grains => _cluster.Client;

    public IReadOnlyList<string> Silos => [.. _cluster.Silos.Select(silo => silo.SiloAddress.ToParsableString())];

    public ICoordinatorGrain Coordinator => CoordinatorOf(Job);

    public ICoordinatorGrain CoordinatorOf(JobId job) => Grains.GetGrain<ICoordinatorGrain>(job.Value);

    /// <param name="folder">The store.</param>
    /// <param name="silos">How many.</param>
    /// <param name="time">The clock of the grains; null for the true one, with workers that are never missed.</param>
    /// <param name="configure">Changes how slots are given away.</param>
    /// <param name="seen">What the grains see in place of the store.</param>
    /// <param name="paths">Where run folders lie; null for that of one job alone.</param>
    public static async Task<ControlPlane> StartAsync(
        string folder, short silos = 1, FakeTimeProvider? time = null, Action<PlacementOptions>? configure = null, Func<IObjectStore, IObjectStore>? seen = null, IJobPaths? paths = null)
    {
        var book = new TrainerBook();
        var store = new DirectoryObjectStore(folder);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(book);
            silo.Services.AddSingleton(seen?.Invoke(store) ?? store);
            silo.Services.AddSingleton(paths ?? FixedJobPaths.Embedded);
            if (time is not null)
            {
                silo.Services.AddSingleton<TimeProvider>(time);
                silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            }

            silo.AddControlPlane();
            silo.Services.Configure<PlacementOptions>(options =>
            {
                // Workers of these tests send no heartbeats.
                (options.CheckEvery, options.Patience) = time is null ? (TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)) : (options.CheckEvery, options.Patience);
                configure?.Invoke(options);
            });
        });
        var cluster = builder.Build();
        await cluster.DeployAsync().WaitAsync(Deadline);
        return new ControlPlane(cluster, book, store);
    }

    public static JobSubmission Submission(Recipe recipe, bool resume = false, string? job = null)
    {
        var json = RecipeJson.Serialize(recipe);
        return new JobSubmission
        {
            Job = job is null ? Job : new JobId(job),
            Recipe = new RecipeEnvelope { SchemaVersion = Recipe.SchemaVersion, Json = json, Sha256 = RecipeJson.Sha256(json) },
            Resume = resume,
        };
    }

    public Task<string?> RegisterAsync(string worker, params int[] threads)
        => Grains.GetGrain<IWorkerDirectoryGrain>(0).RegisterAsync(new WorkerRegistration
        {
            Worker = worker,
            Host = "here",
            Slots = [.. threads.Select((count, slot) => new SlotLease { Worker = worker, Slot = slot, Device = "cpu", Threads = count })],
        });

    public Task<SubmitResult> SubmitAsync(Recipe recipe, bool resume = false, string? job = null)
        => Jobs.SubmitAsync(Submission(recipe, resume, job), CancellationToken.None).WaitAsync(Deadline);

    /// <summary>Submits and returns what the trainer was told.</summary>
    public async Task<TrainerAssignment> StartJobAsync(Recipe recipe, bool resume = false)
    {
        var result = await SubmitAsync(recipe, resume);
        Assert.True(result.Accepted, result.Refusal);
        Assert.True(Book.TryTake(out var assignment), "No trainer was started.");
        return assignment!;
    }

    public Task<Directives> ReportAsync(TrainerAssignment assignment, long step, long? epoch = null, IReadOnlyDictionary<string, double>? values = null)
        => CoordinatorOf(assignment.Replica.Job).ReportAsync(new ReplicaReport
        {
            Replica = assignment.Replica,
            Progress = new ReplicaProgress
            {
                Replica = assignment.Replica.Ordinal,
                Epoch = epoch ?? assignment.Epoch,
                Step = step,
                Images = step * 64,
                Seconds = step / 10.0,
                Values = values ?? new Dictionary<string, double> { [MetricNames.DiscriminatorLoss] = 0.5 },
            },
        }).WaitAsync(Deadline);

    public Task EndAsync(TrainerAssignment assignment, ReplicaOutcome outcome, long step, string? failure = null, bool workerLeaves = false, string? unfitHost = null)
        => CoordinatorOf(assignment.Replica.Job).EndedAsync(new ReplicaEnd
        {
            Replica = assignment.Replica,
            Epoch = assignment.Epoch,
            Outcome = outcome,
            Step = step,
            Images = step * 64,
            Seconds = step / 10.0,
            Failure = failure,
            WorkerLeaves = workerLeaves,
            UnfitHost = unfitHost,
        }).WaitAsync(Deadline);

    public Task SnapshotAsync(long step, long epoch)
        => Store.PutAsync(RunFiles.Snapshot(0, step, epoch) + RunFiles.Manifest, "{}"u8.ToArray(), PutCondition.None, CancellationToken.None);

    /// <summary>Events of a kind so far.</summary>
    public async Task<int> CountAsync(JobId job, string kind)
        => (await Jobs.WatchAsync(job, default, CancellationToken.None).WaitAsync(Deadline)).Events.Count(entry => entry.Kind == kind);

    /// <summary>Waits until a job has told of so many events of a kind; <paramref name="step"/> is done in between.</summary>
    public async Task ReachAsync(JobId job, string kind, int count = 1, Func<Task>? step = null)
    {
        using var limit = new CancellationTokenSource(Deadline);
        var (cursor, seen) = (default(JobCursor), 0);
        try
        {
            while (true)
            {
                var progress = await Jobs.WatchAsync(job, cursor, limit.Token).WaitAsync(limit.Token);
                seen += progress.Events.Count(entry => entry.Kind == kind);
                if (seen >= count)
                {
                    return;
                }

                (cursor, seen) = step is null ? (progress.Cursor, seen) : (default, 0);
                await (step?.Invoke() ?? Task.CompletedTask).WaitAsync(limit.Token);
            }
        }
        catch (OperationCanceledException exception)
        {
            throw new TimeoutException($"Waited {Deadline.TotalSeconds} s for event {count} of kind {kind}; there are {await CountAsync(job, kind)}.", exception);
        }
    }

    /// <summary>A replica's word that it has committed a snapshot.</summary>
    public Task CommittedAsync(TrainerAssignment assignment, long step) => CoordinatorOf(assignment.Replica.Job).RecordAsync(
    [
        new ReplicaEvent { Replica = assignment.Replica, Epoch = assignment.Epoch, Kind = EventKinds.Snapshot, Time = DateTimeOffset.UnixEpoch, Message = $"{step}", Data = new Dictionary<string, double> { ["step"] = step } },
    ]);

    /// <summary>Slots that another job would get, three at most.</summary>
    public async Task<int> FreeSlotsAsync()
    {
        var directory = Grains.GetGrain<IWorkerDirectoryGrain>(0);
        var other = new JobId("probe");
        var grants = await directory.ClaimAsync(new SlotClaim { Job = other, User = "", Priority = 0, Threads = 1, Replicas = [0, 1, 2], Minimum = 1 });
        await directory.WithdrawAsync(other);
        return grants.Slots.Count;
    }

    public async Task<string?> ReadAsync(string name)
        => await Store.GetAsync(name, CancellationToken.None) is { } stored ? Encoding.UTF8.GetString(stored.Content.Span) : null;

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
