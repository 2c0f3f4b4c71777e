using Xunit.Sdk;
using Xunit.v3;

// Each test starts whole suites in processes of their own: two at once would measure each other.
[assembly: Parallelization(Mode = ParallelMode.None)]
