using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Artifacts;
using DistGan.Grains.Interfaces.Data;
using DistGan.Grains.Interfaces.Discriminators;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Parameters;
using DistGan.Grains.Interfaces.Parameters.Gossip;
using DistGan.Grains.Interfaces.Parameters.Wire;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;

namespace DistGan.Grains.Tests.Messages;

/// <summary>One message of each type, with every member set.</summary>
internal static class MessageSamples
{
    private static readonly JobId Job = new("job");
    private static readonly ReplicaId Replica = new(Job, 1);
    private static readonly Dictionary<string, double> Values = new() { ["a"] = 1.5 };
    private static readonly RecipeEnvelope Recipe = new() { SchemaVersion = 1, Json = "{}"u8.ToArray(), Sha256 = "ab" };
    private static readonly SlotLease Lease = new() { Worker = "w", Slot = 2, Device = "cpu", Threads = 3, Number = 4 };
    private static readonly SlotGrant Grant = new() { Replica = 1, Lease = Lease, GiveBack = true };
    private static readonly WireNumbers Numbers = new() { Format = WireFormat.BFloat16, Count = 1, Bytes = new byte[] { 5, 6 } };
    private static readonly GossipHeader Header = new() { Start = 1, Epoch = 2, Sequence = 3, Rounds = 4, Lengths = [5, 6] };
    private static readonly VersionId Version = new(1, 2, 3, 4);
    private static readonly NumbersPart Part = new() { Version = Version, Part = 1, Parts = 2, Values = new[] { 1f, 2f } };
    private static readonly ReplayTally Tally = new() { Inserted = 1, Drawn = 2, Cursor = 3 };
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ReplicaProgress Progress = new() { Replica = 1, Epoch = 2, Step = 3, Images = 4, Seconds = 5, Values = Values };
    private static readonly ReplayChunk Chunk = new() { Groups = [new ReplayGroupHeader(1, 2, 3)], Images = new byte[] { 7, 8, 9 } };

    private static readonly ReplicaSummary ReplicaSummary = new()
    {
        Replica = 1, Outcome = ReplicaOutcome.Failed, Step = 2, Images = 3, Seconds = 4, Scores = Values, Failure = "f", Waiting = true,
        Overrides = new Dictionary<string, string> { ["a"] = "b" }, Epoch = 5, Worker = "w", Slot = 6, Device = "cpu",
    };

    private static readonly JobEvent Event = new()
    {
        Sequence = 1, Time = Time, Kind = "k", Replica = 2, Epoch = 3, Message = "m", Data = Values, File = "f",
    };

    public static IReadOnlyList<object> All { get; } =
    [
        Job,
        Replica,
        Recipe,
        new JobCursor(1, 2),
        new JobSubmission { Job = Job, Recipe = Recipe, Resume = true, User = "u", Priority = 1, Once = true },
        new SubmitResult { Accepted = true, Refusal = "r", Existing = true },
        new ActionResult { Accepted = true, Refusal = "r" },
        new StopResult { StepsLost = 1, CanResume = true },
        new StoredDataState { Complete = true, Parts = [1, 2] },
        new StoredDataManifest { Name = "photos/", Files = 3, Bytes = 4, Parts = ["ab", "cd"] },
        new ArtifactChunk { Content = new byte[] { 5, 6 }, IsLast = true },
        Event,
        Progress,
        new JobProgress { State = JobState.Failed, Cursor = new JobCursor(1, 2), Events = [Event], Reports = [Progress], Failure = "f" },
        new JobSummary
        {
            Job = Job, State = JobState.Completed, Steps = 1, Images = 2, Seconds = 3, ImagesPerSecond = 4, Scores = Values,
            Files = new Dictionary<string, string> { ["a"] = "b" }, Failure = "f", Replicas = [ReplicaSummary], BestReplica = 1, User = "u", Priority = 2, Folder = "f",
        },
        ReplicaSummary,
        new ReplayGroupHeader(1, 2, 3),
        Chunk,
        new ReplayExchange { Push = Chunk, Draws = 1, ImagesPerDraw = 2, Grouped = true, Seed = 3, Replica = 4, OthersWeight = 0.5 },
        new ReplayAnswer { Draws = 1, Images = new byte[] { 1 }, Steps = [2], Replicas = [3], StoredBytes = 4, BudgetBytes = 5, Tally = Tally },
        Tally,
        new ReplayHoldings { Own = 1, Others = 2, StoredBytes = 3, Allowed = 4, Tally = Tally },
        new ReplaySettings { ItemBytes = 1, BudgetBytes = 2, Selection = ReplaySelection.Fifo, HalfLife = 0.5, SamplesPerInsert = 3 },
        new ReplayCapture { Id = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), Chunks = 1, Settings = new ReplaySettings { ItemBytes = 1, BudgetBytes = 2 }, Tally = Tally },
        new ParameterShard { Count = 1, Values = new[] { 1f, 2f } },
        new ParameterTotals { Count = 1, Sum = new[] { 1.0, 2.0 } },
        new MergeSettings
        {
            Rule = MergeRule.Nesterov, Replicas = 2, Quorum = 3, Deadline = TimeSpan.FromSeconds(4), MaxStaleRounds = 5, Elasticity = 0.5, OuterRate = 0.25, OuterMomentum = 0.75,
            Wire = WireFormat.Int8,
        },
        new MergeOffer { Replica = 1, Version = 2, Samples = 3, Values = new[] { 1f, 2f }, Difference = Numbers },
        new MergeTicket { Outcome = OfferOutcome.Stale, Round = 2 },
        new MergeAnswer { Round = 1, Members = 2, Version = 3, Pull = 0.5, Values = new[] { 1f, 2f }, Difference = Numbers },
        Numbers,
        new MergeState { Version = 1, Centre = new[] { 1f }, Velocity = new[] { 2f } },
        Header,
        new GossipOffer { Header = Header, Values = new[] { 1f, 2f } },
        Lease,
        new WorkerRegistration { Worker = "w", Host = "h", Slots = [Lease], Store = "s" },
        new TrainerAssignment { Replica = Replica, Epoch = 2, Recipe = Recipe, Lease = Lease, Resume = true, Start = 4, Joins = true, Donor = "d", DonorSince = 5, Submitted = 6 },
        new StartResult { Started = true, Refusal = "r", Step = 1, Busy = true, Opening = true, UnfitHost = "h" },
        new Directives { Superseded = true, Interrupt = true, Sequence = 3, Replicas = 4, Balance = new[] { 0.5 }, Snapshot = 5 },
        new ReplicaReport { Replica = Replica, Progress = Progress },
        new ReplicaEvent { Replica = Replica, Epoch = 1, Kind = "k", Time = Time, Message = "m", Data = Values, File = "f" },
        new ReplicaEnd { Replica = Replica, Epoch = 1, Outcome = ReplicaOutcome.Failed, Step = 2, Images = 3, Seconds = 4, Failure = "f", WorkerLeaves = true, UnfitHost = "h" },
        new ScaleResult { Accepted = true, Refusal = "r", Replicas = 2 },
        new SlotClaim { Job = Job, User = "u", Priority = 1, Threads = 2, Replicas = [3], Minimum = 4, Avoid = ["w"] },
        Version,
        Part,
        new VersionNotice { Version = Version, Batches = 1, Parts = 2, Replicas = 3, Swap = 4, SwapMembers = [5] },
        new NextVersion { Notice = new VersionNotice { Version = Version, Batches = 1, Parts = 2, Replicas = 3 }, IsOver = true },
        new FeedbackNotice { IsKnown = true, Members = [1], Late = 2, Parts = 3 },
        new MovedPart { Numbers = Part, Updates = 1 },
        new MovedNotice { Parts = 1, Updates = 2 },
        Grant,
        new SlotGrants { Slots = [Grant], Refusal = "r" },
    ];
}
