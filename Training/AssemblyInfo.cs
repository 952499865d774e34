using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DistGan.Training.Tests")]
