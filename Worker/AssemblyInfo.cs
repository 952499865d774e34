using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("DistGan.Worker.Tests")]
