// Types that more than one file speaks of.
@export()
type agencyType = {
  @description('Id of the agency, for instance la:330/social-care.')
  id: string

  @description('Name of its two subscriptions: the id with hyphens for colon and slash.')
  subscription: string

  @description('Object id of its service principal, which may read its subscriptions and send to the queues.')
  principalId: string
}
