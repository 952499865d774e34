namespace DistGan.Worker.Running;

/// <summary>A number that training depends on is not finite.</summary>
internal sealed class DivergedException(string what) : Exception(what);
