using System.Buffers;
using DistGan.Grains.Parameters;
using DistGan.Training;
using DistGan.Training.Links;

namespace DistGan.Bench.Jobs;

/// <summary>The sums of the parameter grains, called directly.</summary>
internal sealed class MemoryParameters : IParameterSource
{
    private readonly Dictionary<Player, RunningSum> _sums = [];
    private readonly Dictionary<(Player Player, long Boundary), ParameterAverage> _answers = [];

    public void Contribute(ParameterContribution contribution)
    {
        using (contribution)
        {
            if (!_sums.TryGetValue(contribution.Player, out var sum))
            {
                _sums.Add(contribution.Player, sum = new RunningSum());
            }

            sum.Add(contribution.Sum.Span, contribution.Count);
            var mean = sum.Mean();
            var rented = ArrayPool<float>.Shared.Rent(mean.Length);
            mean.CopyTo(rented, 0);
            _answers[(contribution.Player, contribution.Boundary)] = new ParameterAverage(contribution.Player, contribution.Boundary, sum.Count, rented, mean.Length);
        }
    }

    public ParameterAverage? Take(Player player, long boundary) => _answers.Remove((player, boundary), out var average) ? average : null;
}
