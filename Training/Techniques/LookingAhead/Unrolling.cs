using DistGan.Recipes;
using DistGan.Training.Conditions;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Vectors;
using TorchSharp;
using static TorchSharp.torch;

namespace DistGan.Training.Techniques.LookingAhead;

/// <summary>
/// Unrolled GAN: G minimises L_G(θ_G, θ_D^K), θ_D^0 = θ_D, θ_D^{k+1} = θ_D^k − (an update of D's optimiser for ∇L_D(θ_G, θ_D^k)),
/// and its gradient flows through the K updates (Metz et al. 2017, section 2.2). Each looks at the step's real batch and at
/// samples that G makes for it; D keeps its parameters, its optimiser and its running statistics, and takes its own update once a
/// step as ever. The updates are in float32 in every precision. What techniques and the objective do to updates of D they do to imagined
/// ones too; directions of spectral normalisation stay as they are.
/// </summary>
/// <param name="recipe">K, and what L_G is.</param>
public sealed class Unrolling(UnrollingRecipe recipe) : Technique
{
    private TechniqueContext? _context;

    public override string Name => "unrolling";

    private TechniqueContext Context => _context ?? throw new InvalidOperationException("The technique is not attached.");

    public override void Attach(TechniqueContext context) => _context = context;

    public override IObjective GeneratorObjective(IObjective objective) => recipe switch
    {
        { Loss: not "minimax" } => objective,
        { Steps: 0 } => new Minimax(),
        _ => new UnrolledMinimax(),
    };

    public override Func<SampleBatch, TappedOutput>? Judge(GeneratorRound round)
    {
        if (recipe.Steps == 0)
        {
            return null;
        }

        var model = Context.Discriminator;
        var optimizer = ImaginedOptimizerCatalog.Create(Context.Recipe.Discriminator.Optimizer, model.Optimizer);
        var real = round.Real();
        var theta = model.Parameters.Values.detach().requires_grad_(true);
        using var unheard = new RoundMeter(Context.Device);
        for (var k = 0; k < recipe.Steps; k++)
        {
            var turn = Turn(new ImaginedDiscriminator(model, theta, Context.Conditioning), real, round, k, unheard);
            var gradient = Gradients.Of(round.DiscriminatorLoss(turn), theta, createGraph: true);
            theta = round.AfterUpdate(optimizer.Next(theta, round.Gradient(theta, gradient)));
        }

        return new ImaginedDiscriminator(model, theta, Context.Conditioning).Judge;
    }

    /// <summary>One imagined update of D; its number is negative, so that it shares no random draw with a true one.</summary>
    private DiscriminatorTurn Turn(ImaginedDiscriminator discriminator, SampleBatch real, GeneratorRound round, int ahead, RoundMeter meter)
    {
        var update = -1 - (round.Update * recipe.Steps + ahead);
        var (type, conditioning) = (Context.Generator.Parameters.Values.dtype, Context.Conditioning);
        var latents = Context.Latents.DrawWith(real.Codes, Context.Recipe.Batch, "unrolled-latents", round.Step, update).to_type(type);
        var fresh = new FakeGroup(Context.Generator.TrainPrecisely(latents), IsReplayed: false) { Codes = Context.Latents.CodesOf(latents) };
        FakeGroup[] fakes = [.. round.Show(fresh, update, ahead).Select(group => group.Presented(round.Present, round.Step, update))];
        var shown = round.Present(real.Samples, new(round.Step, update, Presentation.Real));
        var ofReal = discriminator.Output(new(shown, real.Codes));
        Tensor[] ofFakes = [.. fakes.Select(group => discriminator.Output(new(group.Samples, group.Codes)))];
        return new DiscriminatorTurn
        {
            Step = round.Step,
            RealScores = conditioning.Score(ofReal, real.Codes),
            FakeScores = FakeGroup.Join([.. fakes.Zip(ofFakes, (group, output) => conditioning.Score(output, group.Codes))]),
            RealSamples = shown,
            FakeSamples = FakeGroup.Join([.. fakes.Select(static group => group.Samples)]),
            FreshSamples = fakes[0].Samples,
            RealCodes = real.Codes,
            FreshCodes = fakes[0].Codes,
            RealOutput = ofReal,
            FreshOutput = ofFakes[0],
            RealTarget = round.RealTarget,
            Critic = discriminator,
            SampleUniforms = () => Uniforms([shown.shape[0], .. Enumerable.Repeat(1L, shown.shape.Length - 1)], "interpolation"),
            ElementUniforms = () => Uniforms(shown.shape, "perturbation"),
            Meter = meter,
        };

        Tensor Uniforms(long[] shape, string purpose) => Context.Latents.Uniform(shape, $"unrolled-{purpose}", round.Step, update).to_type(shown.dtype);
    }
}
