using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Links;
using DistGan.Training.Snapshots;
using TorchSharp;

namespace DistGan.Training.Steps;

/// <summary>One generator/discriminator pair in training. Used by one thread; every call runs on that thread.</summary>
public interface IReplica : IDisposable
{
    /// <summary>Steps done since the start of the job.</summary>
    long Step { get; }

    /// <summary>Real images shown to D since the start of the job.</summary>
    long Images { get; }

    SampleShape Shape { get; }

    /// <summary>The classes of the data where the recipe uses labels; null elsewhere.</summary>
    DataLabels? Labels => null;

    /// <summary>Whether there is nothing left to train for: the replica has only a discriminator, and the generator's replica has ended.</summary>
    bool IsOver => false;

    /// <summary>
    /// Does one step: n_D discriminator updates, n_G generator updates, and at a boundary the exchange with the links and a report. Where the
    /// replica has only a discriminator and no version of the generator comes in a short wait, it does none.
    /// </summary>
    void Advance();

    /// <summary>Copies the state to the host; training may go on at once.</summary>
    ReplicaState Capture();

    /// <summary>Goes back to a captured state.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">The state does not fit this recipe's networks.</exception>
    void Restore(ReplicaState state);

    /// <summary>Takes these weights instead of the random ones it was built with; for a replica at step 0.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">They do not fit this recipe's networks.</exception>
    void StartFrom(StartWeights weights);

    /// <summary>Takes θ and β from the current merge of the job, where replicas merge; optimisers stay.</summary>
    void Join(MergedParameters current);

    /// <summary>Multiplies both learning rates, after a rollback.</summary>
    void ScaleRates(double factor);

    /// <summary>
    /// Samples of the generator that is shown and scored (the averaged one where there is one), from latents drawn from
    /// (seed, <paramref name="purpose"/>) and no other generator: float32 [count, C, H, W] in [−1, 1], or [count, C] points, on the CPU.
    /// The caller disposes it.
    /// </summary>
    torch.Tensor Sample(string purpose, int count);

    /// <summary>As <see cref="Sample(string, int)"/>, with codes that are chosen; row i of a purpose has one z whatever its code is.</summary>
    /// <exception cref="DistGan.Recipes.DistGanException">A choice does not fit the generator's codes.</exception>
    torch.Tensor Sample(string purpose, IReadOnlyList<LatentChoice> choices);

    /// <summary>The labels that <see cref="Sample(string, int)"/> asks for; null where the recipe uses none.</summary>
    IReadOnlyList<int>? LabelsOf(string purpose, int count);

    /// <summary>What a row of the generator's input is made of.</summary>
    LatentLayout Layout { get; }
}
