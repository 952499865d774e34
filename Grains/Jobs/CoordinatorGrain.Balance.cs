using System.Globalization;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Recipes;

namespace DistGan.Grains.Jobs;

/// <summary>One balance of updates for all replicas.</summary>
internal sealed partial class CoordinatorGrain
{
    private JobBalance? _balance;

    /// <summary>Takes the reading of a report; what is decided, or null where each replica has a balance of its own.</summary>
    private IReadOnlyList<double>? Balance(ReplicaProgress progress)
    {
        if (OpenBalance() is not { } balance)
        {
            return null;
        }

        var before = (balance.Turn, balance.Rates);
        var live = State.Replicas.Where(static record => record is { Outcome: null, Lease: not 0 }).Select(static record => record.Ordinal).ToHashSet();

        // An evaluation reports too, and has no reading.
        if (progress.Values.ContainsKey(MetricNames.DiscriminatorLoss) && balance.Hear(progress.Replica, BalanceReading.Of(progress.Values), live))
        {
            State.Balance = [.. balance.State.Select(BitConverter.DoubleToInt64Bits)];
            if ((balance.Turn, balance.Rates) != before)
            {
                TellBalance(balance, before.Turn, progress.Step);
            }
        }

        return State.Balance?.ConvertAll(BitConverter.Int64BitsToDouble);
    }

    private JobBalance? OpenBalance()
    {
        if (_balance is null && State.Recipe is not null && RecipeInForce() is var recipe && recipe.Topology.BalancesTogether() && !recipe.Balance.IsFixed)
        {
            _balance = new JobBalance(recipe.Balance.CreateRule());
            if (State.Balance is { } state)
            {
                _balance.Restore(state.ConvertAll(BitConverter.Int64BitsToDouble));
            }
        }

        return _balance;
    }

    private void TellBalance(JobBalance balance, BalanceTurn before, long step)
    {
        var ((signal, target), turn, rates) = (balance.Evidence, balance.Turn, balance.Rates);
        var data = new Dictionary<string, double>
        {
            ["step"] = step, ["discriminator"] = turn.Discriminator, ["generator"] = turn.Generator, ["discriminator_rate"] = rates.Discriminator, ["generator_rate"] = rates.Generator,
            ["signal"] = signal, ["target"] = target, ["replicas"] = balance.Voices,
        };
        _ = _log!.AddAsync(
            EventKinds.Balanced,
            string.Create(CultureInfo.InvariantCulture, $"From here on {Decision()}: the signal of {balance.Voices} replicas is {signal:0.###}, held against {target:0.###}."),
            data: data);

        string Decision() => turn == before
            ? string.Create(CultureInfo.InvariantCulture, $"the learning rate of D is {rates.Discriminator:0.###} and that of G {rates.Generator:0.###} of the recipe's")
            : $"{turn.Discriminator} updates of D and {turn.Generator} of G in a step, before {before.Discriminator} and {before.Generator}";
    }
}
