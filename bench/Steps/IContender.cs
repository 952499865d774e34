namespace DistGan.Bench.Steps;

/// <summary>Something that trains a GAN step by step, on the calling thread.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    void Advance();
}
