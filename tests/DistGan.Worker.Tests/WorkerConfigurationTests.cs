using DistGan.Recipes;
using Microsoft.Extensions.Configuration;

namespace DistGan.Worker.Tests;

public sealed class WorkerConfigurationTests
{
    [Theory]
    [InlineData(null, 0, "cpu")]
    [InlineData(null, 2, "cuda:0,cuda:1")]
    [InlineData("cuda", 2, "cuda:0,cuda:1")]
    [InlineData("cpu, cuda:1", 2, "cpu,cuda:1")]
    public void Read_Devices_AreThoseThatTheProcessSees(string? devices, int count, string expected)
        => Assert.Equal(expected, string.Join(',', Read(count, ("Devices", devices)).Devices));

    [Fact]
    public void Read_Numbers_AreTaken()
    {
        var options = Read(0, ("Slots", "3"), ("Threads", "2"), ("DrainSeconds", "90"));

        Assert.Equal((3, 2, TimeSpan.FromSeconds(90)), (options.Slots, options.Threads, options.DrainLimit));
    }

    [Fact]
    public void Read_SeveralFaults_AreToldAtOnce()
    {
        var exception = Assert.Throws<DistGanException>(() => Read(1, ("Slots", "0"), ("Threads", "many"), ("Devices", "cuda:3,cuda:3")));

        Assert.Contains("DistGan:Worker:Slots is '0'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DistGan:Worker:Threads is 'many'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("expected each device once", exception.Message, StringComparison.Ordinal);
        Assert.Contains("names from cpu, cuda:0, which this process sees", exception.Message, StringComparison.Ordinal);
    }

    private static WorkerOptions Read(int count, params (string Key, string? Value)[] settings)
        => WorkerConfiguration.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create($"DistGan:Worker:{pair.Key}", pair.Value))).Build(), () => count);
}
