using DistGan.Grains.Interfaces.Discriminators;

namespace DistGan.Grains.Discriminators;

/// <summary>The discriminator that comes to a replica in the newest swap. Once nobody calls any more it goes.</summary>
internal sealed class MailboxGrain(TimeProvider time) : Grain, IMailboxGrain
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private readonly Waiters _waiters = new(time);
    private NumbersInParts? _numbers;
    private VersionId _swap;
    private long _updates;

    public Task PostAsync(MovedPart part, CancellationToken cancellationToken = default)
    {
        if (part.Numbers.Version >= _swap)
        {
            _numbers = part.Numbers.Version == _swap && _numbers is not null ? _numbers : new(part.Numbers.Parts);
            (_swap, _updates) = (part.Numbers.Version, part.Updates);
            _numbers.Add(part.Numbers);
            _waiters.Changed();
        }

        return Task.CompletedTask;
    }

    public async Task<MovedNotice?> ArrivedAsync(VersionId swap, TimeSpan wait, CancellationToken cancellationToken = default)
    {
        await _waiters.UntilAsync(() => IsHere(swap) || _swap > swap, wait < LongestWait ? wait : LongestWait, cancellationToken);
        return IsHere(swap) ? new MovedNotice { Parts = _numbers!.Count, Updates = _updates } : null;
    }

    public Task<ReadOnlyMemory<float>> TakeAsync(VersionId swap, int part, CancellationToken cancellationToken = default)
        => Task.FromResult(swap == _swap && _numbers is not null ? _numbers.Take(part) : default);

    private bool IsHere(VersionId swap) => swap == _swap && _numbers is { IsWhole: true };
}
