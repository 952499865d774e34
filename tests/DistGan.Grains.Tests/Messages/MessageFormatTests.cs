using System.Reflection;
using System.Text.Json;
using DistGan.Grains.Interfaces;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Interfaces.Trainers;
using DistGan.Grains.Interfaces.Workers;
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

    /// <summary>What a cluster of the version before slots were claimed sends: the members that came since are as if nobody had said them.</summary>
    [Theory]
    [InlineData("JobSubmission", "30016AB52A302D6469737467616E2E6A6F622D7375626D697373696F6EE820E840076A6F62E021E8000541057B7D41056162E00103E0")]
    [InlineData("SubmitResult", "30015DE0120D2B6469737467616E2E7375626D69742D726573756C74E80003410372E0")]
    [InlineData("SlotLease", "3001118A19D9256469737467616E2E736C6F742D6C65617365E840037701094107637075010DE0")]
    [InlineData("StartResult", "300197C488A1296469737467616E2E73746172742D726573756C74E800034103720105E0")]
    [InlineData("Directives", "3001CD7E91BA256469737467616E2E64697265637469766573E800030103010DE0")]
    [InlineData("ReplicaEnd", "3001AC48F6CC276469737467616E2E7265706C6963612D656E64E820E820E840076A6F62E00105E001050903090109010D810000000000001040410366E0")]
    [InlineData("ReplicaSummary", "3001172E8CB72F6469737467616E2E7265706C6963612D73756D6D617279E800050903090109010D8100000000000010403101CBA436867553797374656D2E436F6C6C656374696F6E732E47656E657269632E44696374696F6E61727960325B5B737472696E675D2C5B646F75626C655D5D010341036180000000000000F83FE04103660103E0")]
    [InlineData("TrainerAssignment", "30017853EF04356469737467616E2E747261696E65722D61737369676E6D656E74E820E820E840076A6F62E00105E0010921E8000541057B7D41056162E021E840037701094107637075010DE001030111E0")]
    public void Deserialize_BytesOfAnEarlierVersion_GivesTheSampleWithoutWhatCameSince(string name, string bytes)
    {
        var expected = MessageSamples.All.Single(sample => sample.GetType().Name == name) switch
        {
            JobSubmission message => message with { User = null, Priority = 0, Once = false },
            SubmitResult message => message with { Existing = false },
            SlotLease message => message with { Number = 0 },
            StartResult message => message with { Busy = false, Opening = false, UnfitHost = null },
            Directives message => message with { Replicas = 0, Balance = null, Snapshot = 0 },
            ReplicaEnd message => message with { WorkerLeaves = false, UnfitHost = null },
            TrainerAssignment message => message with { Joins = false, Lease = message.Lease with { Number = 0 }, Donor = null, DonorSince = 0, Submitted = 0 },
            ReplicaSummary message => message with { Overrides = new Dictionary<string, string>(), Epoch = 0, Worker = null, Slot = null, Device = null },
            var other => other,
        };

        var read = Serializer.Deserialize<object>(Convert.FromHexString(bytes));

        Assert.NotNull(read);
        Assert.Equal(JsonSerializer.Serialize(expected, expected.GetType()), JsonSerializer.Serialize(read, read.GetType()));
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
