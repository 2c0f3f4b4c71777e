// Each test starts whole suites in processes of their own: two at once would measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
