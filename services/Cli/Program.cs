using EarlyWarning.Cli;
using EarlyWarning.Cli.Output;

return await Ew.RunAsync(args, Terminal.OfThisProcess());
