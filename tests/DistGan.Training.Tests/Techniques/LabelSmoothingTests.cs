using DistGan.Recipes;
using DistGan.Training.Techniques;

namespace DistGan.Training.Tests.Techniques;

public sealed class LabelSmoothingTests
{
    [Fact]
    public void RealTarget_OfTheRecipe_ReplacesOne()
    {
        using var technique = new LabelSmoothing(new LabelSmoothingRecipe { Target = 0.8 });

        Assert.Equal(0.8, technique.RealTarget(1));
    }

    [Fact]
    public void Create_AllOn_FollowsTheOrderOfTheCatalog()
    {
        var all = new TechniquesRecipe();
        foreach (var member in typeof(TechniquesRecipe).GetProperties().Where(static member => member.CanWrite))
        {
            member.SetValue(all, Activator.CreateInstance(member.PropertyType));
        }

        Assert.Equal(TechniqueCatalog.Makers.Keys, TechniqueCatalog.Create(all).Select(static technique => technique.Name));
        Assert.Empty(TechniqueCatalog.Create(new TechniquesRecipe()));
    }
}
