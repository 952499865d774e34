using System.Buffers;

namespace DistGan.Training.Links;

/// <summary>Historical averages in memory: θ̄ = (1/t)·Σθ over the t updates that were contributed, summed in double precision.</summary>
public sealed class LocalParameters : IParameterSource
{
    private readonly Dictionary<Player, (double[] Sum, long Count)> _totals = [];
    private readonly Dictionary<(Player Player, long Boundary), ParameterAverage> _answers = [];

    public void Contribute(ParameterContribution contribution)
    {
        ArgumentNullException.ThrowIfNull(contribution);
        using (contribution)
        {
            var (sum, count) = _totals.GetValueOrDefault(contribution.Player, (new double[contribution.Length], 0));
            var values = contribution.Sum.Span;
            for (var i = 0; i < values.Length; i++)
            {
                sum[i] += values[i];
            }

            count += contribution.Count;
            _totals[contribution.Player] = (sum, count);
            _answers[(contribution.Player, contribution.Boundary)] = Mean(contribution, sum, count);
        }
    }

    public ParameterAverage? Take(Player player, long boundary) => _answers.Remove((player, boundary), out var average) ? average : null;

    private static ParameterAverage Mean(ParameterContribution contribution, double[] sum, long count)
    {
        var mean = ArrayPool<float>.Shared.Rent(sum.Length);
        for (var i = 0; i < sum.Length; i++)
        {
            mean[i] = (float)(sum[i] / count);
        }

        return new(contribution.Player, contribution.Boundary, count, mean, sum.Length);
    }
}
