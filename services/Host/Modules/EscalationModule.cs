using EarlyWarning.Escalation;
using EarlyWarning.Host.Exercise;
using EarlyWarning.Host.Options;
using EarlyWarning.V1;

namespace EarlyWarning.Host.Modules;

/// <summary>Cases and the ladder. An exercise has a ladder of its own, with deadlines of seconds.</summary>
internal static class EscalationModule
{
    public static Module Module { get; } =
        new(
            ServiceNames.Escalation,
            Add: suite =>
                suite.Services.AddEscalation(escalation =>
                {
                    suite.Options.Settings.Fill(ServiceNames.Escalation, escalation);
                    escalation.LadderFile = suite.Options.Exercise ? ExerciseFiles.Ladder : suite.Options.Ladder ?? escalation.LadderFile;
                }),
            Map: app => app.MapEscalation()
        )
        {
            Migrations = EscalationExtensions.Migrations,
            Serves = [ContractService.Of<CaseService.CaseServiceBase>(CaseService.Descriptor)],
            ReadyBy = ["dapr-escalation"],
            AppId = EscalationExtensions.AppId,
            Subscribes = true,
            ReadsCatalogue = true,
            Grains = typeof(EscalationExtensions).Assembly,
        };
}
