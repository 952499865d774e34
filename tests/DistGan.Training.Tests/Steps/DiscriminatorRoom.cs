using DistGan.Training.Links;

namespace DistGan.Training.Tests.Steps;

/// <summary>One generator's replica and the others in one process, each on a thread of its own: versions, answers and swaps meet in memory, and every wait has a deadline.</summary>
internal sealed class DiscriminatorRoom(int replicas)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly Dictionary<int, ReadOnlyMemory<float>> _answers = [];
    private readonly Dictionary<(long Swap, int Target), MovedDiscriminator> _mail = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GeneratorVersion? _version;

    /// <summary>Swaps by (number, who gave, who got).</summary>
    public HashSet<(long Swap, int From, int To)> Moves { get; } = [];

    public IDiscriminatorExchange Of(int replica) => new View(this, replica);

    private T Wait<T>(string what, Func<T?> ready)
        where T : class
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (ready() is { } value)
                {
                    return value;
                }

                changed = _changed.Task;
            }

            var left = Deadline - TimeProvider.System.GetElapsedTime(start);
            if (left <= TimeSpan.Zero || !changed.Wait(left))
            {
                throw new TimeoutException($"Waited {Deadline.TotalSeconds} s for {what}.");
            }
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }

    private sealed class View(DiscriminatorRoom room, int replica) : IDiscriminatorExchange
    {
        private long _taken;

        public IReadOnlyList<int> Members => [.. Enumerable.Range(0, room.Count)];

        public bool IsOver => false;

        public void Send(GeneratorVersion version) => room.Change(() =>
        {
            room._answers.Clear();
            room._version = version;
        });

        public GeneratorFeedback? Hear() => room.Wait("all answers", () => room._answers.Count < room.Count - 1 ? null : new GeneratorFeedback(
            room._answers.Count,
            0,
            room._answers.GroupBy(answer => answer.Key % room._version!.Batches.Count).ToDictionary(static batch => batch.Key, static batch => (ReadOnlyMemory<float>)Sum([.. batch.Select(static answer => answer.Value)]))));

        public DiscriminatorTask? Next() => room.Wait("a version", () =>
        {
            if (room._version is not { } version || version.Version <= _taken)
            {
                return null;
            }

            _taken = version.Version;
            return new DiscriminatorTask(version.Version, version.Batches[replica % version.Batches.Count], version.Batches[(replica + 1) % version.Batches.Count], version.Swap);
        });

        public void Answer(ReadOnlyMemory<float> gradient) => room.Change(() => room._answers.Add(replica, gradient));

        public MovedDiscriminator? Swap(SwapOrder order, int target, MovedDiscriminator own)
        {
            room.Change(() =>
            {
                room._mail.Add((order.Number, target), own);
                room.Moves.Add((order.Number, replica, target));
            });
            return room.Wait("the other discriminator", () => room._mail.GetValueOrDefault((order.Number, replica)));
        }

        private static float[] Sum(ReadOnlyMemory<float>[] parts)
            => parts.Aggregate(new float[parts[0].Length], static (sum, part) => [.. sum.Zip(part.ToArray(), static (left, right) => left + right)]);
    }

    private int Count => replicas;
}
