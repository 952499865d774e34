using DistGan.Recipes;
using DistGan.Training.Arithmetic;
using DistGan.Training.Conditions;
using DistGan.Training.Layers;
using DistGan.Training.Networks;
using DistGan.Training.Objectives;
using DistGan.Training.Steps;
using DistGan.Training.Tests.Objectives;
using static TorchSharp.torch;

namespace DistGan.Training.Tests.Conditions;

/// <summary>A small discriminator of points in float64 under a conditioning, and what turns make of it.</summary>
internal sealed class Judging : IDisposable
{
    private const int Dimensions = 3;

    public Judging(string kind, int samplesPerInput = 1)
    {
        Recipe = kind == "infogan" ? new InformationMaximizingRecipe { Categories = 3, Continuous = 2, Weight = 0.7 } : RecipeKinds.Conditionings[kind]();
        Layout = Recipe.Layout(4, classes: 3);
        Conditioning = ConditioningCatalog.Create(Recipe, Layout);
        var plain = new NetworkDefinition("discriminator", [Dimensions * samplesPerInput], [new Dense(5), new Activation(ActivationKind.Tanh), new Dense(1)]) { SamplesPerInput = samplesPerInput };
        Discriminator = Turns.Discriminator(Conditioning.Rewrite(plain));
    }

    public ConditioningRecipe Recipe { get; }

    public LatentLayout Layout { get; }

    public Conditioning Conditioning { get; }

    public PlayerModel Discriminator { get; }

    /// <summary>Codes [N, code]: rows with each label in turn, and continuous codes that differ.</summary>
    public Tensor? Codes(int count)
    {
        if (Layout.Code == 0)
        {
            return null;
        }

        var rows = new double[count * Layout.Code];
        for (var i = 0; i < count; i++)
        {
            rows[i * Layout.Code + (2 * i + 1) % Layout.Categories] = 1;
            for (var j = 0; j < Layout.Continuous; j++)
            {
                rows[i * Layout.Code + Layout.Categories + j] = 0.3 * j - 0.2 * i;
            }
        }

        return tensor(rows, ScalarType.Float64).reshape(count, Layout.Code);
    }

    /// <summary>What the head gives out, with weights that record a gradient.</summary>
    public Tensor Output(Tensor samples, Tensor? codes) => Discriminator.TrainPrecisely(Conditioning.Join(samples, codes));

    /// <summary>L_G of samples, with all terms, against a frozen D.</summary>
    public Tensor GeneratorLoss(Tensor samples, Tensor? codes)
    {
        var output = Discriminator.Freeze(Conditioning.Join(samples, codes), Statistics.Batch);
        var turn = new GeneratorTurn { FakeScores = Conditioning.Score(output, codes), FakeSamples = samples, FakeCodes = codes, FakeOutput = output };
        var loss = new NonSaturating().GeneratorLoss(turn);
        return Conditioning.AddToLoss(turn) is { } term ? loss.Plus(term) : loss;
    }

    /// <summary>A turn of D over real and generated samples.</summary>
    public DiscriminatorTurn Turn(Tensor real, Tensor fake, Tensor? codes, RoundMeter meter)
    {
        var realCodes = Recipe.UsesLabels ? codes : null;
        var (ofReal, ofFake) = (Output(real, realCodes), Output(fake, codes));
        return Turns.Of(Conditioning.Score(ofReal, realCodes), Conditioning.Score(ofFake, codes), real, fake, new DiscriminatorCritic(Discriminator, Conditioning), meter: meter) with
        {
            RealCodes = realCodes,
            FreshCodes = codes,
            RealOutput = ofReal,
            FreshOutput = ofFake,
        };
    }

    public void Dispose() => Discriminator.Dispose();
}
