using DistGan.Grains.Workers;
using DistGan.Recipes;
using DistGan.Silo;
using Microsoft.Extensions.Configuration;

namespace DistGan.Grains.Tests.Workers;

public sealed class PlacementConfigurationTests
{
    [Fact]
    public void Read_Section_IsTaken()
    {
        var options = Read(("Preemption", "true"), ("SlotsPerUser", "2"), ("UserSlots:ann", "5"), ("Patience", "00:00:30"));

        Assert.Equal((true, 2, 5, TimeSpan.FromSeconds(30)), (options.Preemption, options.LimitOf("bob"), options.LimitOf("ann"), options.Patience));
    }

    [Fact]
    public void Read_ValuesOutOfBounds_AreToldAtOnce()
    {
        var exception = Assert.Throws<DistGanException>(() => Read(("CheckEvery", "01:00:00"), ("OwnersBeforeQuarantine", "0"), ("UserSlots:ann", "-1")));

        Assert.Contains("CheckEvery must be between", exception.Message, StringComparison.Ordinal);
        Assert.Contains("OwnersBeforeQuarantine must be between 1 and 100", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'ann' may hold -1 slots", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoTime_NamesKeyAndValue()
        => Assert.Contains("'soon' at 'DistGan:Placement:Patience'", Assert.Throws<DistGanException>(() => Read(("Patience", "soon"))).Message, StringComparison.Ordinal);

    private static PlacementOptions Read(params (string Key, string Value)[] settings)
        => PlacementConfiguration.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create($"DistGan:Placement:{pair.Key}", (string?)pair.Value)))
            .Build());
}
