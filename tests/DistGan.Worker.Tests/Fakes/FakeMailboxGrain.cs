using DistGan.Grains.Interfaces.Discriminators;

namespace DistGan.Worker.Tests.Fakes;

/// <summary>A mailbox in memory, which says at once whether something has come.</summary>
internal sealed class FakeMailboxGrain : IMailboxGrain
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, MovedPart> _parts = [];
    private readonly TaskCompletionSource _whole = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task PostAsync(MovedPart part, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _parts[part.Numbers.Part] = part;
            if (_parts.Count == part.Numbers.Parts)
            {
                _whole.TrySetResult();
            }
        }

        return Task.CompletedTask;
    }

    public async Task<MovedNotice?> ArrivedAsync(VersionId swap, TimeSpan wait, CancellationToken cancellationToken = default)
    {
        await Task.WhenAny(_whole.Task.WaitAsync(wait, cancellationToken));
        lock (_gate)
        {
            return _whole.Task.IsCompleted ? new MovedNotice { Parts = _parts.Count, Updates = _parts[0].Updates } : null;
        }
    }

    public Task<ReadOnlyMemory<float>> TakeAsync(VersionId swap, int part, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return Task.FromResult(_parts[part].Numbers.Values);
        }
    }
}
