using CsCheck;
using DistGan.Grains.Interfaces.Jobs;
using DistGan.Grains.Jobs;

namespace DistGan.Grains.Tests.Jobs;

public sealed class ReportRingTests
{
    [Fact]
    public void After_AnyNumber_GivesTheNewestReportsAfterIt()
        => Gen.Select(Gen.Int[0, 30], Gen.Int[1, 10], Gen.Int[-3, 40]).Sample((reports, capacity, number) =>
        {
            var ring = new ReportRing(capacity);
            for (var step = 1; step <= reports; step++)
            {
                ring.Add(new ReplicaProgress { Replica = 0, Epoch = 1, Step = step, Images = 0, Seconds = 0, Values = new Dictionary<string, double>() });
            }

            var after = number > reports ? 0 : Math.Max(0, number);
            var first = Math.Max(after, reports - capacity) + 1;
            Assert.Equal(Enumerable.Range(first, reports - first + 1).Select(step => (long)step), ring.After(number).Select(report => report.Step));
            Assert.Equal(reports, ring.Newest);
        });
}
