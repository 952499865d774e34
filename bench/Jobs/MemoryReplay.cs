using System.Buffers;
using DistGan.Grains.Interfaces.Replay;
using DistGan.Grains.Interfaces.Replay.Rings;
using DistGan.Training.Links;

namespace DistGan.Bench.Jobs;

/// <summary>The ring of the replay grain, called directly.</summary>
internal sealed class MemoryReplay(ReplaySettings settings) : IReplaySource
{
    private static readonly ReplayChunk Nothing = new() { Groups = [], Images = default };
    private readonly ReplayRing _ring = new(settings);
    private readonly Dictionary<long, ReplayDraws> _answers = [];

    public void Exchange(ReplayOffer offer)
    {
        using (offer)
        {
            _ring.Push(new ReplayChunk { Groups = [.. offer.Groups.Select(static group => new ReplayGroupHeader(0, group.Step, group.Count))], Images = offer.Images.ToArray() });
            var request = offer.Request;
            var answer = _ring.Draw(new ReplayExchange
            {
                Push = Nothing, Draws = request.Draws, ImagesPerDraw = request.ImagesPerDraw, Grouped = request.Grouped, Seed = request.Seed,
            });
            var rented = ArrayPool<byte>.Shared.Rent(answer.Images.Length);
            answer.Images.CopyTo(rented);
            var fill = (double)answer.StoredBytes / answer.BudgetBytes;
            _answers[offer.Boundary] = new ReplayDraws(offer.Boundary, answer.Draws, request.ImagesPerDraw, answer.Steps, answer.Replicas, rented, answer.Images.Length, fill);
        }
    }

    public ReplayDraws? Take(long boundary) => _answers.Remove(boundary, out var draws) ? draws : null;
}
