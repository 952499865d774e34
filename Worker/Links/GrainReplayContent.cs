using System.Runtime.CompilerServices;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Recipes;

namespace DistGan.Worker.Links;

/// <summary>A capture that is held open in the replay grain.</summary>
internal sealed class GrainReplayContent(IReplayBufferGrain grain, ReplayCapture capture, TimeSpan timeout, TimeProvider time) : IReplayContent
{
    public ReplaySettings Settings => capture.Settings;

    public int Chunks => capture.Chunks;

    public ReplayTally Tally => capture.Tally;

    public async IAsyncEnumerable<ReplayChunk> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var index = 0; index < capture.Chunks; index++)
        {
            yield return await grain.ReadAsync(capture.Id, index, cancellationToken).WaitAsync(timeout, time, cancellationToken)
                ?? throw new DistGanException($"The replay buffer let go of a capture after {index} of {capture.Chunks} chunks: its grain has moved, or newer captures took its place.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await grain.CloseAsync(capture.Id, CancellationToken.None).WaitAsync(timeout, time);
        }
#pragma warning disable CA1031 // a capture that cannot be closed has died with its grain
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
