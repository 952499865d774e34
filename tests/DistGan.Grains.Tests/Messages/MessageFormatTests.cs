using System.Reflection;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace DistGan.Grains.Tests.Messages;

/// <summary>The wire format: a change of these bytes breaks clusters of mixed versions, and is a decision.</summary>
public sealed class MessageFormatTests
{
    private static readonly Serializer Serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    public static TheoryData<string> Names => [.. MessageSamples.All.Select(message => message.GetType().Name)];

    [Fact]
    public void Samples_CoverEveryMessage()
    {
        var messages = typeof(JobId).Assembly.GetExportedTypes()
            .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null)
            .Select(type => type.Name);

        Assert.Equal(messages.Order(StringComparer.Ordinal), MessageSamples.All.Select(message => message.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Serialize_Sample_HasTheseBytes(string name)
    {
        var message = MessageSamples.All.Single(sample => sample.GetType().Name == name);

        Assert.Equal(GoldenBytes.Of(name), Convert.ToHexString(Serializer.SerializeToArray<object>(message)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Deserialize_TheseBytes_GivesTheSample(string name)
    {
        var message = MessageSamples.All.Single(sample => sample.GetType().Name == name);

        var read = Serializer.Deserialize<object>(Convert.FromHexString(GoldenBytes.Of(name)));

        Assert.NotNull(read);
        Assert.Equal(message.GetType(), read.GetType());
        Assert.Equal(JsonSerializer.Serialize(message, message.GetType()), JsonSerializer.Serialize(read, read.GetType()));
    }
}
