using DistGan.Recipes;
using static TorchSharp.torch;

namespace DistGan.Training.Steps.Balance;

/// <summary>How many updates each player gets in a step.</summary>
public interface IBalance
{
    /// <summary>Whether it reads what <see cref="Observe"/> gives it; where not, nothing needs to be measured for it.</summary>
    bool Observes { get; }

    /// <summary>The updates of the step that begins now.</summary>
    BalanceTurn Next();

    /// <summary>Hears a scalar of an update, named as in <see cref="MetricNames"/>; it stays on the device.</summary>
    void Observe(string name, Tensor value);

    /// <summary>The step is over, whoever was updated in it.</summary>
    void EndStep(long step);
}
