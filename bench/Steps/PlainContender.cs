using DistGan.Recipes;
using DistGan.Training.Data;
using DistGan.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace DistGan.Bench.Steps;

/// <summary>
/// The same game with modules and torch.optim.Adam: one update of D, then one of G with the samples of D's update. The data, the
/// latents and the first weights are those of the core.
/// </summary>
internal sealed class PlainContender : IContender
{
    private readonly Recipe _recipe;
    private readonly IDataSet _data;
    private readonly bool _freezes;
    private readonly DataFeed _feed;
    private readonly LatentSource _latents;
    private readonly nn.Module<Tensor, Tensor> _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator;
    private readonly optim.Optimizer _generatorAdam;
    private readonly optim.Optimizer _discriminatorAdam;
    private long _step;

    /// <param name="name">What the table calls it.</param>
    /// <param name="recipe">The game.</param>
    /// <param name="data">Kept, not owned.</param>
    /// <param name="start">Whose weights it starts from.</param>
    /// <param name="freezes">Whether G's update computes no gradient of D's weights, as in the core.</param>
    public PlainContender(string name, Recipe recipe, IDataSet data, Replica start, bool freezes)
    {
        Name = name;
        _recipe = recipe;
        _data = data;
        _freezes = freezes;
        _feed = new DataFeed(data, recipe.Batch, recipe.Seed, 0);
        _latents = new LatentSource(new SeedSequence(recipe.Seed, 0), recipe.Latent, CPU);
        _generator = PlainNetworks.Generator(recipe);
        _discriminator = PlainNetworks.Discriminator(recipe);
        PlainNetworks.CopyWeights(start.Generator, _generator);
        PlainNetworks.CopyWeights(start.Discriminator, _discriminator);
        _generatorAdam = Adam(_generator, recipe.Generator);
        _discriminatorAdam = Adam(_discriminator, recipe.Discriminator);
    }

    public string Name { get; }

    public void Advance() => Advance(null);

    /// <summary>One step; <paramref name="losses"/> hears L_D and L_G, which costs a wait for each.</summary>
    public void Advance(Action<double, double>? losses)
    {
        _step++;
        using var scope = NewDisposeScope();
        var real = SampleCodec.Decode(_feed.Next(), _data.Shape, _recipe.Batch, CPU);
        var fake = _generator.forward(_latents.Draw(_recipe.Batch, "latents", _step, 0));
        var discriminatorLoss = UpdateDiscriminator(real, fake.detach());
        var generatorLoss = UpdateGenerator(fake);
        losses?.Invoke(discriminatorLoss.item<float>(), generatorLoss.item<float>());
    }

    public void Dispose()
    {
        _generatorAdam.Dispose();
        _discriminatorAdam.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _feed.Dispose();
        _latents.Dispose();
    }

    private Tensor UpdateDiscriminator(Tensor real, Tensor fake)
    {
        _discriminatorAdam.zero_grad();
        var loss = softplus(-_discriminator.forward(real)).mean() + softplus(_discriminator.forward(fake)).mean();
        loss.backward();
        _discriminatorAdam.step();
        return loss;
    }

    private Tensor UpdateGenerator(Tensor fake)
    {
        RecordDiscriminator(!_freezes);
        _generatorAdam.zero_grad();
        var loss = softplus(-_discriminator.forward(fake)).mean();
        loss.backward();
        _generatorAdam.step();
        RecordDiscriminator(true);
        return loss;
    }

    private void RecordDiscriminator(bool records)
    {
        foreach (var parameter in _discriminator.parameters())
        {
            parameter.requires_grad = records;
        }
    }

    private static optim.Optimizer Adam(nn.Module<Tensor, Tensor> module, PlayerRecipe recipe)
    {
        var adam = (AdamRecipe)recipe.Optimizer;
        return optim.Adam(module.parameters(), adam.Rate, adam.Beta1, adam.Beta2, adam.Epsilon);
    }
}
