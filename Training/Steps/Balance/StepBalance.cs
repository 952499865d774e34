using System.Text.Json.Nodes;
using DistGan.Recipes;
using DistGan.Training.Links;
using static TorchSharp.torch;

namespace DistGan.Training.Steps.Balance;

/// <summary>
/// Gives a rule its readings: means over the steps since the last one, summed on the device and read once every so many steps, so
/// that the training thread does not wait for the device in each step. Counts what the rule gives.
/// </summary>
/// <param name="rule">Decides.</param>
/// <param name="device">Where readings are summed.</param>
/// <param name="together">Where the balance of the whole job is heard; then the readings go into the reports instead of into the rule. Null for a balance of its own.</param>
public sealed class StepBalance(IBalanceRule rule, Device device, IBalanceSource? together = null) : IBalance, IDisposable
{
    private const string CounterName = "balance";

    private readonly RoundMeter _window = new(device);
    private Counts _round = new(0, 0, 0, 0);

    public bool Observes => rule.EverySteps is not null;

    /// <summary>What the rule keeps to; may be replaced between two steps.</summary>
    public BalanceBounds Bounds
    {
        get => rule.Bounds;
        set => rule.Bounds = value;
    }

    /// <summary>Factors of both learning rates in the step that begins now.</summary>
    public BalanceRates Rates => rule.Rates;

    public BalanceTurn Next()
    {
        var (whole, turn) = (rule.Whole, rule.Next());
        _round = new(
            _round.Discriminator + turn.Discriminator,
            _round.Generator + turn.Generator,
            _round.LeftOutDiscriminator + Math.Max(0, whole.Discriminator - turn.Discriminator),
            _round.LeftOutGenerator + Math.Max(0, whole.Generator - turn.Generator));
        return turn;
    }

    public void Observe(string name, Tensor value)
    {
        if (Observes)
        {
            _window.Add(name, value);
        }
    }

    public void EndStep(long step)
    {
        if (together is null && rule.EverySteps is { } every && step % every == 0)
        {
            rule.Observe(BalanceReading.Of(_window.Drain()));
        }
    }

    /// <summary>Adds the values of the round that ends, and begins the next; hears what the job has decided, where it does.</summary>
    public void Report(IDictionary<string, double> values)
    {
        if (together is not null && Observes)
        {
            foreach (var (name, value) in _window.Drain())
            {
                _ = values.TryAdd(name, value);
            }

            if (together.Newest is { } decided)
            {
                rule.Follow(decided);
            }
        }

        if (_round.Generator > 0)
        {
            values[MetricNames.BalanceRatio] = _round.Discriminator / (double)_round.Generator;
        }

        if (Observes)
        {
            values[MetricNames.LeftOutDiscriminatorUpdates] = _round.LeftOutDiscriminator;
            values[MetricNames.LeftOutGeneratorUpdates] = _round.LeftOutGenerator;
            AddFinite(values, MetricNames.BalanceSignal, rule.Signal);
            AddFinite(values, MetricNames.BalanceTarget, rule.Target);
        }

        _round = new(0, 0, 0, 0);
    }

    /// <summary>Adds its state to a snapshot; a balance that reads nothing has none.</summary>
    public void Capture(StateBuilder state)
    {
        if (Observes)
        {
            state.Counters[CounterName] = new JsonObject
            {
                ["rule"] = new JsonArray([.. rule.Capture().Select(static value => (JsonNode)BitConverter.DoubleToInt64Bits(value))]),
                ["window"] = _window.ToJson(),
                ["round"] = new JsonArray(_round.Discriminator, _round.Generator, _round.LeftOutDiscriminator, _round.LeftOutGenerator),
            };
        }
    }

    /// <summary>Goes back to the state of a snapshot.</summary>
    public void Restore(StateView state)
    {
        if (Observes)
        {
            var balance = state.Counter(CounterName);
            rule.Restore([.. balance["rule"]!.AsArray().Select(static bits => BitConverter.Int64BitsToDouble(bits!.GetValue<long>()))]);
            _window.FromJson(balance["window"]!.AsArray());
            var round = balance["round"]!.AsArray();
            _round = new(round[0]!.GetValue<long>(), round[1]!.GetValue<long>(), round[2]!.GetValue<long>(), round[3]!.GetValue<long>());
        }
    }

    public void Dispose() => _window.Dispose();

    private static void AddFinite(IDictionary<string, double> values, string name, double value)
    {
        if (double.IsFinite(value))
        {
            values[name] = value;
        }
    }

    /// <summary>Updates of the round so far, and those that a player was left out of.</summary>
    private sealed record Counts(long Discriminator, long Generator, long LeftOutDiscriminator, long LeftOutGenerator);
}
