using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>The calls that say what there is: schedules and their resources.</summary>
internal sealed class Information(Faces faces)
{
    public async Task<ApiError?> Schedules(ApiCall call)
    {
        using var answer = AnswerWriter.For(call.Format);
        answer.BeginList("schedules", isMember: false);
        foreach (var schedule in await faces.Schedules(call.Account.AccountId))
        {
            Write(answer, "schedule", schedule.Id, schedule.Name);
        }

        answer.EndList();
        return await call.Answer(answer);
    }

    public async Task<ApiError?> Resources(ApiCall call)
    {
        var scheduleId = call.Input.ReadRequiredId(ApiField.ScheduleId);
        if (call.Input.Error is { } error)
        {
            return error;
        }

        if (await faces.Schedule(call.Account.AccountId, scheduleId) is not { } schedule)
        {
            return ApiError.NotFound;
        }

        using var answer = AnswerWriter.For(call.Format);
        answer.BeginList("resources", isMember: false);
        foreach (var resource in schedule.Resources)
        {
            Write(answer, "resource", resource.Id, resource.Name);
        }

        answer.EndList();
        return await call.Answer(answer);
    }

    private static void Write(AnswerWriter answer, string kind, int id, string name)
    {
        answer.BeginObject(kind);
        answer.Number("id", id);
        answer.Text("name", name);
        answer.EndObject();
    }
}
