using DistGan.Grains.Interfaces.Trainers;
using Orleans.Runtime;

namespace DistGan.Grains.Tests.Jobs;

[KeepAlive]
internal sealed class FakeTrainerGrain(TrainerBook book, ILocalSiloDetails silo) : Grain, ITrainerGrain
{
    private string Key => this.GetPrimaryKeyString();

    public async Task<StartResult> StartAsync(TrainerAssignment assignment, CancellationToken cancellationToken = default)
    {
        book.Places.Enqueue((Key, silo.SiloAddress.ToParsableString()));
        await book.StartedAsync(assignment);
        var result = await book.Answer(assignment);
        book.Running[Key] = result.Started;
        return result;
    }

    public Task InterruptAsync(CancellationToken cancellationToken = default)
    {
        book.Interrupted.Enqueue(Key);
        return Task.CompletedTask;
    }

    public async Task HaltAsync(long epoch, CancellationToken cancellationToken = default)
    {
        book.Halted.Enqueue((Key, epoch));
        await book.Silence;
        book.Running[Key] = book.Undying == Key;
    }

    public Task<bool> IsRunningAsync(CancellationToken cancellationToken = default) => Task.FromResult(book.Dying != Key && book.Running.GetValueOrDefault(Key));
}
