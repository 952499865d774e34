namespace DistGan.Hosting.Tests.Clustering;

[Alias("distgan.test-counter")]
public interface ICounterGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task<int> AddAsync();

    [Alias("fail")]
    Task FailAsync();

    /// <summary>The process it lives in.</summary>
    [Alias("process")]
    Task<int> ProcessAsync();
}
