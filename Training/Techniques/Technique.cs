using DistGan.Training.Conditions;
using DistGan.Training.Data;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using TorchSharp;

namespace DistGan.Training.Techniques;

/// <summary>A remedy that plugs into <see cref="GanStep"/> through hooks; each does nothing unless it is overridden.</summary>
/// <remarks>Hooks run on the training thread in the order of the catalog. A technique keeps its state between steps itself and captures all of it.</remarks>
public abstract class Technique : IDisposable
{
    /// <summary>Catalog name.</summary>
    public abstract string Name { get; }

    /// <summary>Changes the shape of one input of D, before its network is made.</summary>
    public virtual SampleShape InputOfDiscriminator(SampleShape shape) => shape;

    /// <summary>Changes a network before it is built.</summary>
    public virtual NetworkDefinition Rewrite(Player player, NetworkDefinition definition) => definition;

    /// <summary>Gets what it works with, once, after the networks are built.</summary>
    public virtual void Attach(TechniqueContext context)
    {
    }

    /// <summary>The players have taken weights instead of their random ones, before the first step: state that follows from weights does so again.</summary>
    public virtual void Start(StartWeights weights)
    {
    }

    /// <summary>Changes the generated samples that D sees in update <paramref name="update"/> of step <paramref name="step"/>.</summary>
    public virtual IReadOnlyList<FakeGroup> Show(IReadOnlyList<FakeGroup> fakes, long step, int update) => fakes;

    /// <summary>
    /// As <see cref="Show"/>, in an update of D that is only imagined (unrolling): samples are in the graph of G, and the state of the
    /// technique stays as it is.
    /// </summary>
    /// <param name="fakes">What D would see.</param>
    /// <param name="step">Number of the step, from 1.</param>
    /// <param name="update">The update's own, negative number, from which random draws follow.</param>
    /// <param name="ahead">Imagined updates before this one.</param>
    public virtual IReadOnlyList<FakeGroup> ShowAhead(IReadOnlyList<FakeGroup> fakes, long step, int update, int ahead) => fakes;

    /// <summary>
    /// Changes samples [N, …], or their form, on their way into D: real, fresh and replayed ones alike, in the updates of both players, so
    /// that scores, features and penalties are those of what D sees. In the graph of <paramref name="samples"/>.
    /// </summary>
    public virtual torch.Tensor Present(torch.Tensor samples, in Presentation at) => samples;

    /// <summary>Changes the target probability of real samples.</summary>
    public virtual double RealTarget(double target) => target;

    /// <summary>A term to add to L_D, or null.</summary>
    public virtual torch.Tensor? AddToLoss(DiscriminatorTurn turn) => null;

    /// <summary>Changes the objective whose L_G the generator minimises; D keeps that of the recipe.</summary>
    public virtual IObjective GeneratorObjective(IObjective objective) => objective;

    /// <summary>
    /// What judges the samples of a generator update in the place of D as it stands: presented samples [N, …] with their codes to all that the head gives out and
    /// features, in their graph. Null leaves D to judge; the first technique that gives one is heard.
    /// </summary>
    public virtual Func<SampleBatch, TappedOutput>? Judge(GeneratorRound round) => null;

    /// <summary>Whether its term is all that G minimises, instead of the objective's L_G.</summary>
    public virtual bool ReplacesGeneratorLoss => false;

    /// <summary>A term to add to L_G, or null.</summary>
    public virtual torch.Tensor? AddToLoss(GeneratorTurn turn) => null;

    /// <summary>Adds the gradient of a term in θ alone, in closed form, before the optimiser's update.</summary>
    public virtual void AddToGradient(PlayerModel model)
    {
    }

    /// <summary>As <see cref="AddToGradient"/>, in an imagined update of D: the gradient at θ, in the graphs of both.</summary>
    public virtual torch.Tensor GradientAhead(PlayerModel model, torch.Tensor theta, torch.Tensor gradient) => gradient;

    /// <summary>Acts after an optimiser's update.</summary>
    public virtual void AfterUpdate(PlayerModel model)
    {
    }

    /// <summary>Acts at the end of a step, whichever players it updated.</summary>
    public virtual void AfterStep(long step)
    {
    }

    /// <summary>Exchanges with the links at the end of a round (see <see cref="Links.IReplaySource"/>).</summary>
    public virtual void AtBoundary(long boundary, long step)
    {
    }

    /// <summary>Adds what it measured to a report.</summary>
    public virtual void Report(IDictionary<string, double> values, long step)
    {
    }

    /// <summary>Puts its state into a snapshot.</summary>
    public virtual void Capture(StateBuilder state)
    {
    }

    /// <summary>Goes back to a captured state.</summary>
    public virtual void Restore(StateView state)
    {
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
