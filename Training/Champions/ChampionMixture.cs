using DistGan.Recipes;
using DistGan.Training.Metrics;
using DistGan.Training.Steps;
using static TorchSharp.torch;

namespace DistGan.Training.Champions;

/// <summary>
/// The mixture Σ_m w_m·G_m(· | mode m): each champion G_m draws until enough of its samples belong to its mode (rejection). The numbers a mode
/// gets are its share of the whole, not random (<see cref="Quotas"/>). A function of weights, shares, count and seed.
/// </summary>
/// <param name="champions">Generators by mode; stay the caller's.</param>
/// <param name="modes">Tells samples apart; stays the caller's.</param>
public sealed class ChampionMixture(IReadOnlyDictionary<int, TrainedGenerator> champions, IModes modes)
{
    private const int Batch = 256;

    /// <summary>Draws after which a champion must have shown that it makes its mode.</summary>
    private const long Patience = 20_000;

    /// <summary>One in so many samples must be of the mode.</summary>
    private const long Rarest = 5000;

    /// <summary>Draws samples; the caller disposes them.</summary>
    /// <param name="shares">Weights w by mode, of modes that have a champion.</param>
    /// <param name="count">N.</param>
    /// <param name="seed">Origin of the latents.</param>
    /// <param name="truncation">As <see cref="TrainedGenerator.Latents"/> takes it.</param>
    /// <param name="done">Hears how many samples are accepted so far; may be null.</param>
    /// <exception cref="DistGanException">A champion makes fewer than one sample in 5,000 of its mode.</exception>
    public MixtureDraw Draw(IReadOnlyDictionary<int, double> shares, int count, long seed, double truncation = 1, Action<long>? done = null)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var ordered = shares.OrderBy(static share => share.Key).ToArray();
        var quotas = Quotas.Of([.. ordered.Select(static share => share.Value)], count);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var (kept, parts) = (new List<Tensor>(), new List<MixturePart>());
        foreach (var (mode, quota) in ordered.Zip(quotas, static (share, quota) => (share.Key, quota)))
        {
            var before = parts.Sum(static part => (long)part.Count);
            parts.Add(Fill(mode, quota, (seed, truncation), kept, taken => done?.Invoke(before + taken)));
        }

        return new MixtureDraw(cat(kept, 0).DetachFromDisposeScope(), parts);
    }

    private MixturePart Fill(int mode, int quota, (long Seed, double Truncation) latent, List<Tensor> kept, Action<long> done)
    {
        var (drawn, accepted, taken) = (0L, 0L, 0);
        for (var batch = 0L; taken < quota; batch++)
        {
            using var latents = champions[mode].Latents(Batch, new SeedSequence(latent.Seed, 0).For("champion", batch, mode), latent.Truncation);
            using var samples = champions[mode].Generate(latents);
            using var scored = new ScoredSamples(samples);
            var of = modes.Of(scored);
            var rows = Enumerable.Range(0, of.Length).Where(row => of[row] == mode).Select(static row => (long)row).ToArray();
            (drawn, accepted) = (drawn + Batch, accepted + rows.Length);
            if (drawn >= Patience && accepted * Rarest < drawn)
            {
                throw new DistGanException($"The champion of mode {mode} made {accepted} samples of its mode in {drawn}: leave the mode out of the distribution{(latent.Truncation < 1 ? ", or truncate less" : "")}.");
            }

            if (rows.Length > 0)
            {
                using var index = tensor(rows[..Math.Min(rows.Length, quota - taken)]);
                kept.Add(samples.index_select(0, index));
                taken += (int)index.shape[0];
            }

            done(taken);
        }

        return new MixturePart(mode, quota, drawn, accepted);
    }
}
