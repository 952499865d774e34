namespace DistGan.Hosting.Tests.Clustering;

[Alias("distgan.test-counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> AddAsync();

    [Alias("fail")]
    Task FailAsync();
}
