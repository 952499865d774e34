namespace DistGan.Recipes;

/// <summary>
/// Decides the updates of each step from what was read before it. A state machine without clock and chance: the same readings give
/// the same turns.
/// </summary>
public interface IBalanceRule
{
    /// <summary>What it keeps to.</summary>
    BalanceBounds Bounds { get; set; }

    /// <summary>Updates of a step in which no player is left out.</summary>
    BalanceTurn Whole { get; }

    /// <summary>Steps between two readings; null where it reads nothing.</summary>
    int? EverySteps { get; }

    /// <summary>The newest value that decided; no number before there is one.</summary>
    double Signal { get; }

    /// <summary>What <see cref="Signal"/> is held against; no number where there is none.</summary>
    double Target { get; }

    /// <summary>The updates of the next step, which begins now.</summary>
    BalanceTurn Next();

    /// <summary>Factors of both learning rates since the last reading.</summary>
    BalanceRates Rates => BalanceRates.Whole;

    /// <summary>Takes a reading; a value that is absent leaves what was known.</summary>
    void Observe(BalanceReading reading);

    /// <summary>The whole state, as numbers that may be infinite or none.</summary>
    IReadOnlyList<double> Capture();

    /// <summary>Goes back to a captured state.</summary>
    void Restore(IReadOnlyList<double> state);

    /// <summary>Takes over what a rule of the same kind has decided elsewhere; steps in a row without an update stay its own.</summary>
    void Follow(IReadOnlyList<double> state);
}
